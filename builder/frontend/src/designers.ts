// The designers of what people see and may do: views, dashboards, apps, roles and reports.
import "./making/new";
import "./view/designer";
import "./board/designer";
import "./app/designer";
import "./role/designer";
import "./report/designer";
import "./template/designer";
import "./template/new";
import "./relations/designer";
