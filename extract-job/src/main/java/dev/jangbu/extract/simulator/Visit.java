package dev.jangbu.extract.simulator;

import dev.jangbu.extract.simulator.Catalogue.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One session of one user, played from its first page to its last. */
final class Visit {
    private static final double CLICK = 0.35;
    private static final double SEARCH = 0.20;
    private static final double CART = 0.12;
    private static final double PURCHASE = 0.45;

    /** One page to six, 3.34 on average, which comes to 4.9 events a session and 4.1 a user and day. */
    private static final Weights PAGES = Weights.of(15, 20, 20, 18, 15, 12);

    private static final int SHORTEST_PAUSE_MILLIS = 1_000;
    private static final int LONGEST_PAUSE_MILLIS = 40_000;
    private static final Weights QUANTITIES = Weights.of(70, 20, 10);
    private static final Utf8 NOWHERE = Utf8.of("");
    private static final Utf8[] REFERRERS = {
        NOWHERE,
        Utf8.of("https://search.naver.com/"),
        Utf8.of("https://www.google.com/"),
        Utf8.of("https://www.instagram.com/"),
        Utf8.of("https://open.kakao.com/")
    };
    private final SplittableRandom random;
    private final FaultDraw faults;
    private final DayNames names;
    private final VisitPlan.Start start;
    private final Visitor visitor;
    private final String userField;
    private final String sessionId;
    private final Envelope envelope;
    private final SessionLog log = new SessionLog();
    private final EventLines lines;
    private final List<Item> cart = new ArrayList<>();
    private int millis;
    private int orders;
    private Utf8 referrer;

    Visit(Seeds seeds, DayNames names, VisitPlan.Start start, FaultDraw faults) {
        this.random = seeds.session(start.user(), start.session());
        this.faults = faults;
        this.names = names;
        this.start = start;
        this.visitor = Visitor.of(seeds.profile(start.user()));
        this.userField = ",\"user_id\":\"U" + DayNames.user(start.user()) + "\"";
        this.sessionId = names.sessionId(start);
        this.envelope = Envelope.of(userField, sessionId, visitor);
        this.lines = new EventLines(log, names);
        this.millis = start.millis();
        this.referrer = REFERRERS[random.nextInt(REFERRERS.length)];
    }

    SessionLog play() {
        if (faults.breaksFunnel()) {
            buyWithoutCart();
        }
        Page page = Page.draw(random);
        for (int left = 1 + PAGES.draw(random); left > 0; left--) {
            page = look(page);
        }
        return log;
    }

    /** Returns the page that comes next. */
    private Page look(Page page) {
        pause();
        Fault fault = faults.ofEvent();
        lines.pageView(millis, envelope(fault), page, referrer, fault, random);
        follow(fault);
        referrer = page.url();
        return random.nextDouble() < CLICK ? click(page) : Page.draw(random);
    }

    private Page click(Page page) {
        pause();
        Product product = page.product() == null ? Catalogue.draw(random) : page.product();
        Fault fault = faults.ofEvent();
        lines.click(millis, envelope(fault), page, product, fault, random);
        follow(fault);
        if (random.nextDouble() < SEARCH) {
            search();
        }
        return random.nextDouble() < CART ? addToCart(product) : Page.draw(random);
    }

    private void search() {
        pause();
        Fault fault = faults.ofEvent();
        lines.search(millis, envelope(fault), Search.draw(random), fault, random);
        follow(fault);
    }

    private Page addToCart(Product product) {
        pause();
        Item item = new Item(product, 1 + QUANTITIES.draw(random));
        cart.add(item);
        Fault fault = faults.ofEvent();
        lines.addToCart(millis, envelope(fault), item, fault, random);
        follow(fault);
        return random.nextDouble() < PURCHASE ? purchase() : Page.afterCart(random);
    }

    private Page purchase() {
        pause();
        Order order = Order.draw(cart, random);
        cart.clear();
        Fault fault = faults.ofEvent();
        lines.purchase(millis, envelope(fault), orderId(), order, onPurchase(fault), random);
        follow(fault);
        return Page.afterPurchase();
    }

    /** A wrong amount comes as a purchase of its own, see {@link #follow}; this one is right. */
    private static @Nullable Fault onPurchase(@Nullable Fault fault) {
        return fault == Fault.WRONG_AMOUNT ? null : fault;
    }

    private void buyWithoutCart() {
        SplittableRandom own = faults.random();
        Order order = Order.draw(List.of(new Item(Catalogue.draw(own), 1)), own);
        lines.purchase(millis, envelope, orderId(), order, null, own);
    }

    /** Without a user, if that is the fault. Nulls are as good as absence, so both are planted. */
    private Envelope envelope(@Nullable Fault fault) {
        if (fault != Fault.MISSING_FIELD) {
            return envelope;
        }
        String field = faults.random().nextBoolean() ? "" : ",\"user_id\":null";
        return Envelope.of(field, sessionId, visitor);
    }

    /** The faults that are lines of their own: they come after the event that drew them and leave it right. */
    private void follow(@Nullable Fault fault) {
        if (fault == null) {
            return;
        }
        switch (fault) {
            case UNREADABLE_LINE -> lines.cut(millis, envelope, faults.random());
            case REPEATED_EVENT -> log.repeat();
            case WRONG_TIME -> viewAtWrongTime();
            case WRONG_AMOUNT -> buyForWrongAmount();
            case WRONG_PLATFORM -> viewElsewhere();
            case MISSING_FIELD, WRONG_VALUE, BROKEN_FUNNEL -> {
                // in the event itself, or at the session's start
            }
        }
    }

    private void viewAtWrongTime() {
        SplittableRandom own = faults.random();
        String time =
                switch (own.nextInt(4)) {
                    case 0 -> names.day().minusDays(1) + "T12:00:00.000+09:00";
                    case 1 -> names.day() + "T24:30:00.000+09:00";
                    case 2 -> "1999-12-31T23:59:59.000+09:00";
                    default -> "yesterday at noon";
                };
        lines.pageViewAt(time, millis, envelope, Page.draw(own), NOWHERE, own);
    }

    /** A cart before it, so that only the amount is wrong. */
    private void buyForWrongAmount() {
        SplittableRandom own = faults.random();
        Item item = new Item(Catalogue.draw(own), 1);
        lines.addToCart(millis, envelope, item, null, own);
        lines.purchase(millis, envelope, orderId(), Order.draw(List.of(item), own), Fault.WRONG_AMOUNT, own);
    }

    private void viewElsewhere() {
        SplittableRandom own = faults.random();
        Envelope elsewhere = Envelope.of(userField, sessionId, visitor.elsewhere());
        lines.pageView(millis, elsewhere, Page.draw(own), NOWHERE, null, own);
    }

    private Utf8 orderId() {
        return names.orderId(start, orders++);
    }

    private void pause() {
        millis += random.nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
    }
}
