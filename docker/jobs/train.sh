#!/bin/sh
# Unpacks the jobs' jars and trains an AOT cache for each, by a small day on an embedded database. Runs while the image
# is built, as the unprivileged user (PostgreSQL refuses root); nothing of it but /app reaches the image.
#
#   /app/<job>/<job>.jar, lib/     the unpacked jar
#   /app/<job>/<job>.aot           what Java learned: classes loaded and linked, methods profiled
#   /app/<job>/options             Java's options, in training and later
#   /app/<job>/command             the argument file of the image's entry point
set -eu
day=2026-01-15
JANGBU_WORKSPACE=$(mktemp -d)
export JANGBU_WORKSPACE
trap 'java -jar /build/dev-database.jar stop >/dev/null 2>&1 || true' EXIT

# Half of the container's memory is heap. Short jobs are best off with the quick compiler; those that read a day need the
# better one. A cache that does not fit after all is a slower start, not a line in the job's output.
options() {
    echo "-XX:+UseSerialGC -XX:MaxRAMPercentage=50 -XX:-UsePerfData"
    [ "$1" != mart-job ] || echo "-XX:TieredStopAtLevel=1"
}

unpack() {
    java -Djarmode=tools -jar "/build/$1.jar" extract --destination "/app/$1" >/dev/null
    # The cache remembers the jars' times, and an image's layer keeps them by the second.
    find "/app/$1" -type f -exec touch -d '2026-01-01 00:00:00 UTC' {} +
    options "$1" >"/app/$1/options"
    {
        options "$1"
        echo "-XX:AOTCache=/app/$1/$1.aot -Xlog:disable -Xlog:all=error:stderr"
        echo "-jar /app/$1/$1.jar"
    } >"/app/$1/command"
}

# learn JOB ARGUMENT...: the run must succeed and leave a cache. A fixed heap: on a large machine half of the memory is
# more than compressed pointers reach, and a cache trained without them fits no container.
learn() {
    job=$1
    shift
    echo "training $job"
    java "@/app/$job/options" -Xmx512m "-XX:AOTCacheOutput=/app/$job/$job.aot" -jar "/app/$job/$job.jar" "$@" >/tmp/learn.log 2>&1 || {
        cat /tmp/learn.log
        exit 1
    }
    [ -s "/app/$job/$job.aot" ] || {
        echo "$job: no cache was written" >&2
        cat /tmp/learn.log
        exit 1
    }
}

for job in extract-job transform-job load-job mart-job search-api; do
    unpack "$job"
done
java -jar /build/dev-database.jar start
java -jar /app/load-job/load-job.jar migrate
learn extract-job events --ds $day --source simulator --users 50 --seed 7
learn transform-job events --ds $day
learn load-job events --ds $day
learn mart-job build --ds $day --mart mart_orders
# It starts as a server does, and stops.
learn search-api --port 0 --dry-run
