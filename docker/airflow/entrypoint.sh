#!/bin/sh
# Starts a process of Airflow with the secrets that are its own, taken from files: neither `docker inspect` nor the image
# holds them. Airflow reads its other secrets itself, by settings that end in _CMD.
set -eu

fail() {
    echo "$1" >&2
    exit 2
}

# SLACK_WEBHOOK_URL_FILE, or SLACK_WEBHOOK_URL, becomes the connection slack_webhook. Empty: messages go to the log.
slack_connection() {
    url=${SLACK_WEBHOOK_URL:-}
    if [ -n "${SLACK_WEBHOOK_URL_FILE:-}" ]; then
        [ -r "$SLACK_WEBHOOK_URL_FILE" ] || fail "SLACK_WEBHOOK_URL_FILE: $SLACK_WEBHOOK_URL_FILE (expected: a file that can be read)"
        url=$(cat "$SLACK_WEBHOOK_URL_FILE")
    fi
    unset SLACK_WEBHOOK_URL
    [ -n "$url" ] || return 0
    case $url in
        *[!A-Za-z0-9:/._~%?=\&-]*) fail "the Slack webhook: characters that no address has (expected: https://host/path)" ;;
        https://*/?* | http://*/?*) ;;
        *) fail "the Slack webhook: not an address (expected: https://host/path)" ;;
    esac
    path=${url#*://*/}
    AIRFLOW_CONN_SLACK_WEBHOOK=$(printf '{"conn_type":"slackwebhook","host":"%s","password":"%s"}' "${url%"/$path"}" "$path")
    export AIRFLOW_CONN_SLACK_WEBHOOK
}

# The log-in of the UI: Airflow wants a file it can write, and would invent a password for a user it does not find there.
passwords_file() {
    secret=/run/secrets/airflow_admin_password
    file=${AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE:-}
    [ -n "$file" ] && [ -r "$secret" ] || return 0
    password=$(cat "$secret")
    case $password in
        '' | *[!A-Za-z0-9_-]*) fail "airflow_admin_password: empty or with other characters than A-Z a-z 0-9 _ -" ;;
    esac
    (umask 077 && printf '{"admin": "%s"}\n' "$password" >"$file")
}

slack_connection
passwords_file
exec "$@"
