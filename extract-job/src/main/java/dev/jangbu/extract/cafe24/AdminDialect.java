package dev.jangbu.extract.cafe24;

import dev.jangbu.extract.http.AddressLimit;
import dev.jangbu.extract.http.Budget;
import dev.jangbu.extract.http.Dialect;
import dev.jangbu.extract.http.FailureKind;
import dev.jangbu.extract.http.Pace;
import dev.jangbu.extract.http.Reply;
import dev.jangbu.extract.http.Sleeper;
import dev.jangbu.extract.http.Throttle;
import dev.jangbu.extract.http.Verdict;
import dev.jangbu.extract.window.ShopAccess;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Admin API's limits and refusals. A mall's bucket holds 40 calls and drains by two a second; besides, calls and the
 * time they take are counted over ten minutes, in percent, and who calls while shut out stays out longer.
 */
final class AdminDialect implements Dialect {
    /**
     * Ten a second are allowed. Eight, one after the other, leave room for calls whose way is longer than the next one's, such
     * as a process's first: ten at once and one that is late would be eleven.
     */
    private static final AddressLimit OF_AN_ADDRESS = new AddressLimit("cafe24", 1, Duration.ofMillis(125));

    private static final Pattern LEVEL = Pattern.compile("(\\d{1,6})/(\\d{1,6})");
    private static final double BURST = 10;
    private static final double PER_SECOND = 2;
    private static final int FULL = 35;
    private static final int EASY = 20;
    private static final int BUSY_PERCENT = 90;
    private static final int SHUT_PERCENT = 100;
    private static final Duration QUOTA_WINDOW = Duration.ofMinutes(10);
    private static final int MESSAGE_LENGTH = 200;

    /** A run of an account. Besides a mall's own limits, more than ten calls a second from one address are abnormal. */
    static Pace pace(ShopAccess access, Sleeper sleeper) {
        return new Pace(access.clock(), sleeper, Budget.ofRun(access.clock()), access.turnstile(OF_AN_ADDRESS));
    }

    @Override
    public Verdict judge(Reply reply) {
        if (reply.status() == 403) {
            boolean isScope = message(reply).contains("insufficient_scope");
            return Verdict.never(isScope ? FailureKind.SCOPE : FailureKind.REAUTH_REQUIRED);
        }
        if (reply.status() == 429) {
            return Verdict.slower(max(max(remain(reply), reply.retryAfter()), Duration.ofSeconds(1)));
        }
        return Verdict.byStatus(reply);
    }

    @Override
    public String explain(Reply reply) {
        String message = message(reply).replaceAll("\\s+", " ");
        return message.length() > MESSAGE_LENGTH ? message.substring(0, MESSAGE_LENGTH) + "…" : message;
    }

    @Override
    public Throttle throttle(String bucket, Clock clock) {
        return Throttle.of(BURST, PER_SECOND, clock);
    }

    @Override
    public void heed(Reply reply, Throttle throttle) {
        int usage = Math.max(percent(reply, "X-Cafe24-Call-Usage"), percent(reply, "X-Cafe24-Time-Usage"));
        throttle.allow(BURST, usage >= BUSY_PERCENT ? PER_SECOND / 2 : PER_SECOND);
        Matcher level = LEVEL.matcher(reply.header("X-Api-Call-Limit").orElse(""));
        if (level.matches()) {
            heed(Integer.parseInt(level.group(1)), Integer.parseInt(level.group(2)), throttle);
        }
        if (usage >= SHUT_PERCENT) {
            Duration remain = remain(reply);
            throttle.rest(remain.isZero() ? QUOTA_WINDOW : remain);
        }
    }

    private static void heed(int used, int capacity, Throttle throttle) {
        throttle.atMost(capacity - used);
        if (used >= FULL) {
            throttle.rest(Duration.ofMillis((long) ((used - EASY) / PER_SECOND * 1_000)));
        }
    }

    private static int percent(Reply reply, String header) {
        return reply.number(header).orElse(0);
    }

    private static Duration remain(Reply reply) {
        return max(
                Duration.ofSeconds(reply.number("X-Cafe24-Call-Remain").orElse(0)),
                Duration.ofSeconds(reply.number("X-Cafe24-Time-Remain").orElse(0)));
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static String message(Reply reply) {
        return reply.tree().path("error").path("message").asString("");
    }
}
