package dev.jangbu.extract.cafe24;

import dev.jangbu.extract.http.Dialect;
import dev.jangbu.extract.http.FailureKind;
import dev.jangbu.extract.http.Reply;
import dev.jangbu.extract.http.Throttle;
import dev.jangbu.extract.http.Verdict;
import java.time.Clock;

/** What refusals of the token endpoint mean. None is worth the same call again by itself. */
final class TokenDialect implements Dialect {
    @Override
    public Verdict judge(Reply reply) {
        String error = error(reply);
        if (error.equals("invalid_grant")) {
            return Verdict.never(FailureKind.REAUTH_REQUIRED);
        }
        if (error.equals("invalid_client") || reply.status() == 401) {
            return Verdict.never(FailureKind.WRONG_SECRET);
        }
        if (reply.status() == 403) {
            return Verdict.never(FailureKind.REAUTH_REQUIRED);
        }
        if (reply.status() == 429) {
            return Verdict.byStatus(reply);
        }
        return Verdict.never(reply.status() >= 500 ? FailureKind.UNAVAILABLE : FailureKind.BAD_REQUEST);
    }

    @Override
    public String explain(Reply reply) {
        return error(reply);
    }

    @Override
    public Throttle throttle(String bucket, Clock clock) {
        return Throttle.of(2, 1, clock);
    }

    @Override
    public void heed(Reply reply, Throttle throttle) {}

    /** The word of OAuth, or the number of Cafe24's own form. */
    private static String error(Reply reply) {
        var error = reply.tree().path("error");
        String word = error.isString() ? error.asString() : error.path("code").asString("");
        return word.matches("[a-z_0-9]{1,40}") ? word : "";
    }
}
