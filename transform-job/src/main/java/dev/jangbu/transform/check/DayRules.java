package dev.jangbu.transform.check;

import dev.jangbu.transform.contract.Check;

/** The words of the checks that compare records with each other. */
public final class DayRules {
    /** A session bought what it never put in the cart. */
    public static final Failure BOUGHT_WITHOUT_CART = new Failure(
            Check.FUNNEL_SEQUENCE, "session_id: purchase with no add_to_cart before it (expected: add_to_cart first)");

    /** A session put in the cart what it never saw. */
    public static final Failure CART_UNSEEN = new Failure(
            Check.FUNNEL_SEQUENCE,
            "session_id: add_to_cart with no page_view or click before it (expected: page_view or click first)");

    /** The id was there before. */
    public static final Failure REPEATED = new Failure(
            Check.UNIQUE_EVENT_ID, "event_id: seen before in this day (expected: once; the first one stays)");

    private DayRules() {}

    /** A record's platform is not its session's first. */
    public static Failure otherPlatform(String platform, String first) {
        return new Failure(
                Check.PLATFORM_DEVICE,
                "platform: " + Shown.text(platform) + " (expected: " + Shown.text(first)
                        + ", the first of its session)");
    }
}
