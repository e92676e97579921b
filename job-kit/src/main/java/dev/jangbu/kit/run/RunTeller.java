package dev.jangbu.kit.run;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.workspace.AtomicFiles;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how a run ended, once: a log line, the summary file under {@code runs/}, and the summary as the last line. */
final class RunTeller {
    private static final Logger log = LoggerFactory.getLogger(RunTeller.class);

    private final RunRequest request;
    private final String runId;
    private final PrintStream out;
    private final AtomicBoolean isTold = new AtomicBoolean();

    RunTeller(RunRequest request, String runId, PrintStream out) {
        this.request = request;
        this.runId = runId;
        this.out = out;
    }

    /** Replaces an earlier attempt's file, so that a killed run does not leave it saying {@code done}. */
    void running() {
        Map<String, Object> summary = head("running");
        write(summary);
    }

    void ended(RunResult result, BigDecimal seconds) {
        if (!isTold.compareAndSet(false, true)) {
            return;
        }
        Map<String, Object> summary = summary(result, seconds, runId);
        log(result, seconds);
        write(summary);
        print(summary);
    }

    /** The end of another run in place of an own one; that run has written its file itself. */
    void joined(EndedRun other) {
        if (!isTold.compareAndSet(false, true)) {
            return;
        }
        log.info("job={} ds={} joined={}", request.job(), request.businessDate(), other.runId());
        log(other.result(), other.seconds());
        Map<String, Object> summary = summary(other.result(), other.seconds(), other.runId());
        summary.put("joined", true);
        print(summary);
    }

    private void print(Map<String, Object> summary) {
        out.println(Json.line(summary));
        out.flush();
    }

    private Map<String, Object> summary(RunResult result, BigDecimal seconds, String id) {
        Map<String, Object> summary = head(result.status());
        summary.put("exit_code", result.code());
        summary.put("message", result.message());
        summary.putAll(result.facts());
        summary.put("seconds", seconds);
        summary.put("run_id", id);
        summary.put("attempt", request.attempt());
        summary.put("version", Version.current());
        return summary;
    }

    private Map<String, Object> head(String status) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("job", request.job());
        summary.put("dataset", request.dataset());
        summary.put("slice", request.slice());
        summary.put("ds", request.businessDate().toString());
        summary.put("status", status);
        return summary;
    }

    private void log(RunResult result, BigDecimal seconds) {
        String line = "job={} ds={} state={} seconds={} {}";
        Object[] values = {request.job(), request.businessDate(), result.status(), seconds, result.message()};
        if (result.code() == ExitCode.DONE.code()) {
            log.info(line, values);
        } else {
            log.error(line, values);
        }
    }

    private void write(Map<String, Object> summary) {
        try {
            AtomicFiles.write(file(), Json.pretty(summary));
        } catch (JobFailure failure) {
            log.warn("summary=not_written reason=\"{}\"", failure.getMessage());
        }
    }

    private Path file() {
        return request.workspace()
                .runSummary(
                        request.job(), request.dataset(), request.slice(), request.businessDate(), request.attempt());
    }
}
