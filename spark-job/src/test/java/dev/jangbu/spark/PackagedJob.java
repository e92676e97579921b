package dev.jangbu.spark;

import dev.jangbu.testkit.JobJar;
import java.util.Map;

/** The packaged job as tests run it: by the quick compiler alone, with room for all the code Spark makes. */
public final class PackagedJob {
    private PackagedJob() {}

    public static JobJar with(Map<String, String> settings) {
        return JobJar.of("spark-job")
                .with(settings)
                .withJvmOptions(
                        "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=128m");
    }
}
