package dev.jangbu.extract.smartstore;

import dev.jangbu.extract.http.Dialect;
import dev.jangbu.extract.http.FailureKind;
import dev.jangbu.extract.http.Reply;
import dev.jangbu.extract.http.Throttle;
import dev.jangbu.extract.http.Verdict;
import java.time.Clock;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What the gateway's answers mean. Each endpoint has a bucket of its own; its headers tell how it fills. */
final class SmartStoreDialect implements Dialect {
    private static final int BURST = 4;
    private static final int PER_SECOND = 2;

    @Override
    public Verdict judge(Reply reply) {
        String code = code(reply);
        if (code.equals("GW.QUOTA_LIMIT")) {
            boolean isForHours =
                    reply.header("GNCP-GW-Quota-Period").filter("HOURS"::equals).isPresent();
            return isForHours ? Verdict.never(FailureKind.QUOTA) : Verdict.slower(reply.retryAfter());
        }
        if (code.equals("GW.IP_NOT_ALLOWED")) {
            return Verdict.never(FailureKind.IP_NOT_ALLOWED);
        }
        if (code.equals("GW.BLOCK.02")) {
            return Verdict.never(FailureKind.MAINTENANCE);
        }
        return isWrongSecret(reply) ? Verdict.never(FailureKind.WRONG_SECRET) : Verdict.byStatus(reply);
    }

    @Override
    public String explain(Reply reply) {
        JsonNode error = reply.tree();
        String inputs = error.path("invalidInputs")
                .valueStream()
                .map(input -> input.path("name").asString(""))
                .filter(SmartStoreDialect::isWord)
                .collect(Collectors.joining(", "));
        String trace = reply.header("GNCP-GW-Trace-ID")
                .orElseGet(() -> error.path("traceId").asString(""));
        String code = code(reply);
        return (isWord(code) ? "code=" + code : "code=none")
                + (isWord(trace) ? " trace=" + trace : "")
                + (inputs.isEmpty() ? "" : " invalid=" + inputs);
    }

    @Override
    public Throttle throttle(String bucket, Clock clock) {
        return Throttle.of(BURST, PER_SECOND, clock);
    }

    @Override
    public void heed(Reply reply, Throttle throttle) {
        int rate = reply.number("GNCP-GW-RateLimit-Replenish-Rate").orElse(0);
        int burst = reply.number("GNCP-GW-RateLimit-Burst-Capacity").orElse(0);
        if (rate > 0 && burst > 0) {
            throttle.allow(burst, rate);
        }
        reply.number("GNCP-GW-RateLimit-Remaining").ifPresent(throttle::atMost);
    }

    /** Of a token call. A wrong time is no wrong secret: the clock is to be set right. */
    private static boolean isWrongSecret(Reply reply) {
        return reply.status() == 400
                && reply.tree()
                        .path("invalidInputs")
                        .valueStream()
                        .map(input -> input.path("name").asString(""))
                        .anyMatch(name -> name.equals("client_id") || name.equals("client_secret_sign"));
    }

    private static String code(Reply reply) {
        return reply.tree().path("code").asString("");
    }

    /** A message shows nothing else of an answer. */
    private static boolean isWord(String text) {
        return text.matches("[A-Za-z0-9._-]{1,64}");
    }
}
