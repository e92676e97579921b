"""What on-call reads in Slack: one message an incident, told once, and told again when it is over.

`callbacks` is what the DAG wires in, `sentinel` the process beside Airflow that tells what Airflow cannot.
"""
