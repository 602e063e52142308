"""Reporting: metrics, reports and dashboards answered for one reader, over what that reader may see.

    reporter = Reporter(serving, lists)
    answer = reporter.run(context, "won_by_month", filters={"period": "this_year"})
    cards = reporter.dashboard(context, "sales_home", {"owner": "me"})

A metric is a tree of *leaves*, each one an aggregate over one entity under some conditions. A report asks the reader
for its leaves by group, joins the answers by the key of the group, and works out ratios and differences there.
"""
