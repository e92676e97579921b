package dev.jangbu.extract.http;

import java.time.Clock;

/** What is a platform's own about its answers. Immutable. */
public interface Dialect {
    /** What an answer that is no success means. */
    Verdict judge(Reply reply);

    /** Of the platform's error, for a message: its code and trace id, and no value of ours. Empty where there is none. */
    String explain(Reply reply);

    /** The limit of a bucket of calls, before the platform said anything about it. */
    Throttle throttle(String bucket, Clock clock);

    /** Takes up what an answer says about the limit. */
    void heed(Reply reply, Throttle throttle);
}
