package dev.jangbu.sandbox.control;

import dev.jangbu.sandbox.account.AccountRequest;
import dev.jangbu.sandbox.account.Mall;
import dev.jangbu.sandbox.account.Property;
import dev.jangbu.sandbox.faults.Fault;
import dev.jangbu.sandbox.faults.PlannedFault;
import dev.jangbu.sandbox.http.Answer;
import dev.jangbu.sandbox.http.Call;
import dev.jangbu.sandbox.http.Fields;
import dev.jangbu.sandbox.http.Refused;
import dev.jangbu.sandbox.shop.Channel;
import dev.jangbu.sandbox.shop.Days;
import dev.jangbu.sandbox.shop.Line;
import dev.jangbu.sandbox.shop.LineState;
import dev.jangbu.sandbox.shop.Order;
import dev.jangbu.sandbox.shop.Scenario;
import dev.jangbu.sandbox.shop.Shop;
import dev.jangbu.sandbox.shop.ShopSettings;
import dev.jangbu.sandbox.truth.Truth;
import dev.jangbu.sandbox.truth.TruthRow;
import dev.jangbu.sandbox.truth.TruthSum;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Answers below {@code /__sandbox}; a wrong wish is a 400 that names it. */
public final class Control {
    /** What the paths begin with. */
    public static final String PREFIX = "/__sandbox";

    private static final int MOST_AT_ONCE = 1_000;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final Stages stages;

    public Control(Stages stages) {
        this.stages = stages;
    }

    public Answer answer(Call call) {
        try {
            return routed(call, List.of(call.path().substring(1).split("/", -1)));
        } catch (Refused refused) {
            return refused.answer();
        } catch (IllegalArgumentException | DateTimeException wrong) {
            return Wish.wrong(String.valueOf(wrong.getMessage()));
        }
    }

    private Answer routed(Call call, List<String> parts) {
        boolean isPost = call.method().equals("POST");
        String last = parts.get(parts.size() - 1);
        return switch (parts.get(0)) {
            case "" -> state(stages.current());
            case "reset" -> isPost ? reset(call) : none(call);
            case "clock" -> isPost ? setClock(call) : state(stages.current());
            case "accounts" -> isPost ? open(call) : accounts(call);
            case "cafe24" ->
                parts.size() == 3 && last.equals("authorize")
                        ? stages.current().cafe24().consent(parts.get(1), call)
                        : none(call);
            case "faults" -> faults(call);
            case "orders" -> isPost ? orders(call, parts) : none(call);
            case "journal" -> journal(call);
            case "truth" -> truth(call, last);
            default -> none(call);
        };
    }

    private static Answer none(Call call) {
        return Answer.json(404, Fields.of("error", call.method() + " " + call.path() + ": no such endpoint"));
    }

    private static Answer state(Stage stage) {
        return Answer.json(
                200,
                Fields.of("seed", stage.settings().seed())
                        .with("scenario", stage.settings().scenario().name().toLowerCase(Locale.ROOT))
                        .with("now", Days.millis(stage.clock().now()))
                        .with("running", stage.clock().isRunning())
                        .with("shops", stage.accounts().shops().size())
                        .with("calls", stage.journal().count()));
    }

    private Answer reset(Call call) {
        Wish wish = Wish.read(call.body(), "seed", "scenario", "now", "running");
        StageSettings before = stages.current().settings();
        return state(stages.reset(new StageSettings(
                wish.big("seed", before.seed()),
                wish.text("scenario").map(Scenario::parse).orElse(before.scenario()),
                wish.text("now").map(Control::instant).orElse(before.now()),
                wish.flag("running", before.isRunning()))));
    }

    private Answer setClock(Call call) {
        Wish wish = Wish.read(call.body(), "advance", "set", "running");
        Stage stage = stages.current();
        wish.text("set").map(Control::instant).ifPresent(stage.clock()::set);
        wish.text("advance").map(Duration::parse).ifPresent(stage.clock()::advance);
        stage.clock().run(wish.flag("running", stage.clock().isRunning()));
        return state(stage);
    }

    private Answer open(Call call) {
        Stage stage = stages.current();
        Wish wish = Wish.read(
                call.body(),
                "shop",
                "count",
                "channels",
                "scenario",
                "products",
                "orders_per_day",
                "import_shopn",
                "quota_calls",
                "clamp",
                "cafe24_shops",
                "ably_layout",
                "ably_captcha",
                "ga4_project",
                "ga4_thresholds");
        int count = wish.number("count", 1);
        if (count < 1 || count > MOST_AT_ONCE) {
            throw new IllegalArgumentException("count: " + count + " (expected: 1.." + MOST_AT_ONCE + ")");
        }
        List<Fields> opened = new ArrayList<>();
        Credentials credentials = new Credentials(stage.accounts(), call.base());
        for (int number = 1; number <= count; number++) {
            String name = wish.required("shop") + (count == 1 ? "" : "-%03d".formatted(number));
            opened.add(credentials.of(stage.accounts().open(request(stage, wish, name))));
        }
        return Answer.json(201, Fields.of("accounts", opened));
    }

    private static AccountRequest request(Stage stage, Wish wish, String name) {
        Scenario scenario = wish.text("scenario")
                .map(Scenario::parse)
                .orElse(stage.settings().scenario());
        ShopSettings plain = ShopSettings.of(name, stage.settings().seed(), scenario);
        ShopSettings shop = plain.withProducts(wish.number("products", plain.products()))
                .withOrdersPerDay(wish.decimal("orders_per_day", plain.ordersPerDay()))
                .importingShopn(wish.flag("import_shopn", true));
        Set<Channel> channels = EnumSet.noneOf(Channel.class);
        wish.texts("channels").forEach(text -> channels.add(Channel.parse(text)));
        return new AccountRequest(
                shop,
                channels.isEmpty() ? EnumSet.allOf(Channel.class) : channels,
                wish.number("quota_calls", 3_000),
                wish.flag("clamp", false),
                wish.number("cafe24_shops", 1),
                wish.text("ably_layout", "v1"),
                wish.flag("ably_captcha", false),
                wish.text("ga4_project", "default"),
                wish.flag("ga4_thresholds", false));
    }

    private Answer accounts(Call call) {
        Stage stage = stages.current();
        Credentials credentials = new Credentials(stage.accounts(), call.base());
        List<Fields> all =
                stage.accounts().shops().stream().map(credentials::of).toList();
        return Answer.json(200, Fields.of("accounts", all));
    }

    private Answer faults(Call call) {
        Stage stage = stages.current();
        switch (call.method()) {
            case "POST" -> stage.faults().add(planned(call));
            case "DELETE" -> stage.faults().clear();
            default -> {}
        }
        return snake(Fields.of("waiting", stage.faults().waiting()));
    }

    private static PlannedFault planned(Call call) {
        Wish wish = Wish.read(call.body(), "match", "kind", "times", "after");
        JsonNode match = wish.object("match");
        Wish matched = Wish.of(match, "channel", "path", "account");
        String channel = matched.text("channel", "");
        if (!channel.isEmpty()) {
            Channel.parse(channel);
        }
        return new PlannedFault(
                Fault.parse(wish.required("kind")),
                channel,
                matched.text("path", ""),
                matched.text("account", ""),
                wish.number("times", 1),
                wish.number("after", 0));
    }

    /** {@code /orders/{channel}/{id}/transition} of an order or a line, or {@code /orders/{channel}/add}. */
    private Answer orders(Call call, List<String> parts) {
        if (parts.size() == 3 && parts.get(2).equals("add")) {
            return add(call, Channel.parse(parts.get(1)));
        }
        if (parts.size() == 4 && parts.get(3).equals("transition")) {
            return turn(call, Channel.parse(parts.get(1)), parts.get(2));
        }
        return none(call);
    }

    private Answer add(Call call, Channel channel) {
        Wish wish = Wish.read(call.body(), "shop", "count");
        int count = wish.number("count", 1);
        if (count < 1 || count > MOST_AT_ONCE) {
            throw new IllegalArgumentException("count: " + count + " (expected: 1.." + MOST_AT_ONCE + ")");
        }
        List<Order> added = shop(wish.text("shop", Stage.FIRST_SHOP)).add(channel, count, call.now());
        return Answer.json(
                201, Fields.of("orders", added.stream().map(Order::id).toList()));
    }

    private Answer turn(Call call, Channel channel, String id) {
        Wish wish = Wish.read(call.body(), "shop", "to");
        Shop shop = shop(wish.text("shop", Stage.FIRST_SHOP));
        LineState state = LineState.parse(wish.required("to"));
        List<String> lines = shop.order(channel, id, call.now())
                .map(order -> order.lines().stream().map(Line::id).toList())
                .orElse(List.of(id));
        List<String> turned = lines.stream()
                .filter(line -> shop.turn(channel, line, state, call.now()))
                .toList();
        return Answer.json(turned.isEmpty() ? 404 : 200, Fields.of("lines", turned));
    }

    private Answer journal(Call call) {
        long after = Long.parseLong(call.query().get("after", "0"));
        return snake(Fields.of("entries", stages.current().journal().after(after)));
    }

    private Answer truth(Call call, String what) {
        return switch (what) {
            case "stats" ->
                snake(Fields.of("accounts", stages.current().journal().stats()));
            case "orders" -> truthOfOrders(call);
            case "traffic" -> truthOfTraffic(call);
            default -> none(call);
        };
    }

    private Answer truthOfOrders(Call call) {
        LocalDate from = day(call, "from");
        LocalDate to = day(call, "to");
        Truth.Basis basis =
                Truth.Basis.valueOf(call.query().get("basis", "paid").toUpperCase(Locale.ROOT));
        List<Channel> channels = call.query().each("channel").stream()
                .map(Channel::parse)
                .filter(Channel.SELLING::contains)
                .toList();
        Collection<Shop> shops = call.query().first("shop").isPresent()
                ? List.of(shop(call.query().get("shop", "")))
                : stages.current().accounts().shops();
        List<TruthRow> rows = shops.stream()
                .flatMap(shop -> Truth.rows(
                        shop,
                        mallShop(shop),
                        channels.isEmpty() ? Channel.SELLING : channels,
                        from,
                        to,
                        basis,
                        call.now())
                        .stream())
                .toList();
        Fields answer = Fields.of("sums", TruthSum.of(rows));
        return snake(call.query().get("rows", "true").equals("true") ? answer.with("rows", rows) : answer);
    }

    private ToIntFunction<Order> mallShop(Shop shop) {
        Optional<Mall> mall = stages.current().accounts().mallOf(shop);
        return order -> mall.map(known -> known.shopOf(order)).orElse(1);
    }

    private Answer truthOfTraffic(Call call) {
        Stage stage = stages.current();
        Shop shop = shop(call.query().get("shop", Stage.FIRST_SHOP));
        Property property = stage.accounts()
                .propertyOf(shop)
                .orElseThrow(() -> new IllegalArgumentException("shop: no property (expected: one with ga4)"));
        return Answer.json(
                200,
                Fields.of("days", stage.dataApi().truth(property, day(call, "from"), day(call, "to"), call.now())));
    }

    private Shop shop(String name) {
        return stages.current()
                .accounts()
                .shop(name)
                .orElseThrow(() -> new IllegalArgumentException("shop: " + name + " (expected: one that was opened)"));
    }

    private static LocalDate day(Call call, String name) {
        return call.query()
                .first(name)
                .map(LocalDate::parse)
                .orElseThrow(() -> new IllegalArgumentException(name + ": missing (expected: such as 2026-03-01)"));
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static Answer snake(Fields fields) {
        return Answer.bytes(200, "application/json;charset=UTF-8", MAPPER.writeValueAsBytes(fields));
    }
}
