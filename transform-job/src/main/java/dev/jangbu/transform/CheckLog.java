package dev.jangbu.transform;

import dev.jangbu.transform.report.CheckResult;
import dev.jangbu.transform.report.QualityReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log how each check of a day ended. */
final class CheckLog {
    private static final Logger log = LoggerFactory.getLogger(CheckLog.class);

    private CheckLog() {}

    static void tell(QualityReport report) {
        for (CheckResult check : report.checks()) {
            log.info(
                    "check={} status={} counted={} failed={} pass_rate={} threshold={}",
                    check.name(),
                    check.status(),
                    check.counted(),
                    check.failed(),
                    check.passRate(),
                    check.threshold());
        }
    }
}
