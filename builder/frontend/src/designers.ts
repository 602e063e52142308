// The designers of what people see and may do: views, apps and roles.
import "./making/new";
import "./view/designer";
import "./app/designer";
import "./role/designer";
