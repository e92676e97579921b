#!/bin/sh
# What a container of spark-job runs: a command of the job; or, as Kubernetes' Spark asks for it, an executor of a job, or the
# driver that `spark-submit --deploy-mode cluster` sent here. Java takes this shell's place, so that a stop reaches it.
set -eu
java=/opt/java/openjdk/bin/java
jar=/app/spark-job/spark-job.jar
# What Spark sends them is put where they start: on a disk of the node's, not into the workspace.
case ${1:-} in executor | driver) cd "${SPARK_LOCAL_DIRS%%,*}" ;; esac
case ${1:-} in
    executor)
        set --
        number=0
        while option=$(printenv "SPARK_JAVA_OPT_$number"); do
            set -- "$@" "$option"
            number=$((number + 1))
        done
        exec "$java" @/app/options "$@" "-Xms$SPARK_EXECUTOR_MEMORY" "-Xmx$SPARK_EXECUTOR_MEMORY" -cp "$jar" \
            org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend \
            --driver-url "$SPARK_DRIVER_URL" --executor-id "$SPARK_EXECUTOR_ID" --cores "$SPARK_EXECUTOR_CORES" \
            --app-id "$SPARK_APPLICATION_ID" --hostname "$SPARK_EXECUTOR_POD_IP" \
            --resourceProfileId "$SPARK_RESOURCE_PROFILE_ID" --podName "$SPARK_EXECUTOR_POD_NAME"
        ;;
    driver)
        shift
        # By its address: a service's name is not known to all as soon as the pod runs.
        exec "$java" @/app/options -cp "$jar" org.apache.spark.deploy.SparkSubmit --deploy-mode client \
            --conf "spark.driver.bindAddress=$SPARK_DRIVER_BIND_ADDRESS" \
            --conf "spark.driver.host=$SPARK_DRIVER_BIND_ADDRESS" "$@"
        ;;
    *)
        exec "$java" @/app/options -jar "$jar" "$@"
        ;;
esac
