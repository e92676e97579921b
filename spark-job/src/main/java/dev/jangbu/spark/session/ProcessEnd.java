package dev.jangbu.spark.session;

import java.util.function.UnaryOperator;
import org.apache.spark.SparkUserAppException;
import org.jspecify.annotations.Nullable;

/**
 * How the process of a run ends with its exit code. A driver that YARN runs ({@code spark-submit --deploy-mode cluster}) must not
 * exit by itself: YARN takes it for one that broke off, were it with 0, and begins the run again.
 */
public final class ProcessEnd {
    private static final String DEPLOY_MODE = "spark.submit.deployMode";
    private static final String MASTER = "spark.master";

    private ProcessEnd() {}

    /** Ends the process; only where YARN runs it this returns, for 0. */
    public static void with(int exitCode) throws SparkUserAppException {
        if (!isRunByYarn(System::getProperty)) {
            System.exit(exitCode);
        }
        tellYarn(exitCode);
    }

    static boolean isRunByYarn(UnaryOperator<@Nullable String> properties) {
        return "yarn".equals(properties.apply(MASTER)) && "cluster".equals(properties.apply(DEPLOY_MODE));
    }

    /** A run that returns is done; the code of any other is told by the only exception YARN's side takes one from. */
    static void tellYarn(int exitCode) throws SparkUserAppException {
        if (exitCode != 0) {
            throw new SparkUserAppException(exitCode);
        }
    }
}
