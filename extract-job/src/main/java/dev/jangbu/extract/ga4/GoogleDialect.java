package dev.jangbu.extract.ga4;

import dev.jangbu.extract.http.Dialect;
import dev.jangbu.extract.http.FailureKind;
import dev.jangbu.extract.http.Reply;
import dev.jangbu.extract.http.Throttle;
import dev.jangbu.extract.http.Verdict;
import java.time.Clock;
import tools.jackson.databind.JsonNode;

/** What Google's answers mean. Its quotas are tokens by the hour and day: one that is used up is not waited for. */
final class GoogleDialect implements Dialect {
    @Override
    public Verdict judge(Reply reply) {
        return switch (reply.status()) {
            case 400 -> Verdict.never(ofBadRequest(reply.tree()));
            case 403 -> Verdict.never(FailureKind.PERMISSION_DENIED);
            case 429 -> Verdict.never(FailureKind.QUOTA);
            default -> Verdict.byStatus(reply);
        };
    }

    @Override
    public String explain(Reply reply) {
        JsonNode error = reply.tree().path("error");
        String word = error.isString() ? error.asString() : error.path("status").asString("");
        return word.matches("[A-Za-z_]{1,64}") ? "error=" + word : "error=none";
    }

    @Override
    public Throttle throttle(String bucket, Clock clock) {
        return Throttle.of(10, 10, clock);
    }

    @Override
    public void heed(Reply reply, Throttle throttle) {
        // Google tells what is left in its reports, to their reader.
    }

    /** A grant may be refused for this machine's clock; then there is nothing wrong with the key. */
    private static FailureKind ofBadRequest(JsonNode answer) {
        if (!answer.path("error").asString("").equals("invalid_grant")) {
            return FailureKind.BAD_REQUEST;
        }
        boolean isForTheTime = answer.path("error_description").asString("").contains("timeframe");
        return isForTheTime ? FailureKind.AUTH : FailureKind.WRONG_SECRET;
    }
}
