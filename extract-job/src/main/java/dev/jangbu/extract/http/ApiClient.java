package dev.jangbu.extract.http;

import dev.jangbu.extract.account.Credential;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks one platform for one account in one run: within the budget, at the platform's pace, repeated where that can help,
 * with a token renewed once when it is refused. For one thread.
 */
public final class ApiClient {
    private final Transport transport;
    private final BaseAddress base;
    private final Dialect dialect;
    private final Pace pace;
    private final @Nullable TokenSource tokens;
    private final Map<String, Throttle> throttles = new HashMap<>();

    private ApiClient(Transport transport, BaseAddress base, Dialect dialect, Pace pace, @Nullable TokenSource tokens) {
        this.transport = transport;
        this.base = base;
        this.dialect = dialect;
        this.pace = pace;
        this.tokens = tokens;
    }

    /** One that sends the account's token with each call. */
    public static ApiClient of(Transport transport, BaseAddress base, Dialect dialect, Pace pace, TokenSource tokens) {
        return new ApiClient(transport, base, dialect, pace, tokens);
    }

    /** One that sends no token: for asking for one. */
    public static ApiClient withoutToken(Transport transport, BaseAddress base, Dialect dialect, Pace pace) {
        return new ApiClient(transport, base, dialect, pace, null);
    }

    /** Calls made in the run so far, also those for tokens where they share its budget. */
    public int calls() {
        return pace.budget().calls();
    }

    /**
     * The answer, which is a success.
     *
     * @throws NeedsAttention when only the account's owner can help
     * @throws JobFailure of a {@link FailureKind} else
     */
    public Reply call(ApiRequest call) throws NeedsAttention {
        Reply reply = answer(call);
        if (reply.isSuccess()) {
            return reply;
        }
        String explained = dialect.explain(reply);
        throw dialect.judge(reply).kind().end(reply + (explained.isEmpty() ? "" : " " + explained), null);
    }

    /** As {@link #call}, read as such a value. */
    public <T> T read(ApiRequest call, Class<T> type, Reply.Spelling spelling) throws NeedsAttention {
        return call(call).read(type, spelling);
    }

    private Reply answer(ApiRequest call) throws NeedsAttention {
        if (tokens == null) {
            return repeat(call, null);
        }
        Credential.Token token = tokens.get();
        Reply reply = repeat(call, bearer(token));
        boolean isRefused = !reply.isSuccess() && dialect.judge(reply).repeat() == Verdict.Repeat.WITH_NEW_TOKEN;
        return isRefused ? repeat(call, bearer(tokens.inPlaceOf(token))) : reply;
    }

    private Reply repeat(ApiRequest call, @Nullable String authorization) {
        Throttle throttle = throttles.computeIfAbsent(call.bucket(), bucket -> dialect.throttle(bucket, pace.clock()));
        Repetition repetition = new Repetition(call, dialect);
        List<IOException> noAnswers = new ArrayList<>();
        while (true) {
            pace.sleep(throttle.take());
            pace.awaitTurn();
            pace.budget().spend();
            @Nullable Duration wait;
            try {
                Reply reply = transport.send(call, base.of(call), authorization);
                dialect.heed(reply, throttle);
                wait = repetition.after(reply);
                if (wait == null) {
                    return reply;
                }
            } catch (IOException none) {
                noAnswers.add(none);
                wait = repetition.after(none);
                if (wait == null) {
                    throw unanswered(call, noAnswers);
                }
            }
            pace.sleep(wait);
        }
    }

    private static JobFailure unanswered(ApiRequest call, List<IOException> failures) {
        IOException last = failures.get(failures.size() - 1);
        failures.subList(0, failures.size() - 1).forEach(last::addSuppressed);
        return FailureKind.UNAVAILABLE.failure(
                call + ": no answer (" + last.getClass().getSimpleName() + ") in " + failures.size() + " tries", last);
    }

    private static String bearer(Credential.Token token) {
        return "Bearer " + token.access();
    }
}
