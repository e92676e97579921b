#!/bin/bash
# In the container of card-source.yml: starts the MariaDB of dev-source, fills it once with sales up to yesterday (in Seoul) or
# ENDING, and stops it when the container is stopped. In /data/mariadb lie tls/ca.pem and card_source_reader.password.
set -euo pipefail
source_job() { java -XX:+UseSerialGC -Xmx128m -jar /dev-source/dev-source.jar "$@" --workspace /data; }

trap 'source_job stop; exit 0' TERM INT
source_job start --listen 0.0.0.0 --port 3306 --name card-source
if [ ! -f /data/planted.jsonl ]; then
    java -XX:+UseSerialGC -Xmx256m -jar /sandbox.jar card-sales --replace \
        --stores "$STORES" --days "$DAYS" --ending "${ENDING:-$(TZ=KST-9 date -d yesterday +%F)}" \
        --url 'jdbc:mariadb://127.0.0.1:3306/card_source?sslMode=verify-full&serverSslCert=/data/mariadb/tls/ca.pem' \
        --user card_source_owner --password-file /data/mariadb/card_source_owner.password --planted /data/planted.jsonl
fi
# In the background: bash hears of a signal only between its commands.
sleep infinity &
wait
