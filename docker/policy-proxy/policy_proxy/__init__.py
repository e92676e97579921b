"""A Docker engine's API, cut down to what the jobs of Jangbu need.

Airflow starts the jobs as containers, and whoever may start any container is root on the host.
This service stands between the two: it knows the few calls the operator makes, demands of each
container what the contract says, and touches only containers that were made through it. What it
sends to the engine it writes itself, from what it understood.
"""
