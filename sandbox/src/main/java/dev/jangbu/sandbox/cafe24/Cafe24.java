package dev.jangbu.sandbox.cafe24;

import dev.jangbu.sandbox.account.Accounts;
import dev.jangbu.sandbox.account.Mall;
import dev.jangbu.sandbox.faults.FaultKind;
import dev.jangbu.sandbox.http.Answer;
import dev.jangbu.sandbox.http.Call;
import dev.jangbu.sandbox.http.Platform;
import dev.jangbu.sandbox.http.Refused;
import dev.jangbu.sandbox.shop.Channel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All malls; below {@code /cafe24/{mall}/api/v2}. */
public final class Cafe24 implements Platform {
    private static final String API = "/api/v2";
    private static final String VERSION = "2026-03-01";
    private static final int ADDED = 3;

    private final Accounts accounts;
    private final long seed;
    private final OAuth oauth;
    private final Map<String, MallState> states = new ConcurrentHashMap<>();

    public Cafe24(Accounts accounts, long seed) {
        this.accounts = accounts;
        this.seed = seed;
        oauth = new OAuth(accounts.app());
    }

    @Override
    public String channel() {
        return Channel.CAFE24.text();
    }

    @Override
    public String prefix() {
        return "/cafe24";
    }

    @Override
    public String account(Call call) {
        return mallId(call);
    }

    @Override
    public String relative(Call call) {
        String rest = rest(call);
        return rest.startsWith(API) ? rest.substring(API.length()) : rest;
    }

    @Override
    public boolean isTokenCall(Call call) {
        return relative(call).equals("/oauth/token");
    }

    @Override
    public Answer failure(Call call, int status) {
        return Problem.of(
                status, status == 429 ? "Too Many Requests" : "The server could not answer. (" + status + ")");
    }

    @Override
    public boolean canSuffer(FaultKind kind, Call call) {
        return switch (kind) {
            case ROTATE_THEN_DROP -> isTokenCall(call);
            case QUOTA_HOURS, LATE_LOGIN_REDIRECT, CAPTCHA, LAYOUT, STALE_TABLE, COUNT_LIES -> false;
            case STATUS,
                    DELAY,
                    DROP_BEFORE_RESPONSE,
                    TRUNCATED_JSON,
                    HTML_200,
                    EMPTY_ARRAY_ONCE,
                    MISSING_FIELD,
                    EXPIRE_TOKEN_MID_PAGING,
                    INSERT_ROWS_MID_PAGING,
                    CLOCK_SKEW,
                    REVOKE_APP,
                    SCOPE_REMOVED -> true;
        };
    }

    @Override
    public void suffer(FaultKind kind, Call call) {
        Optional<MallState> known = accounts.mall(mallId(call)).map(this::state);
        if (known.isEmpty()) {
            return;
        }
        MallState mall = known.get();
        String argument = call.directives().find(kind).orElseThrow().argument();
        switch (kind) {
            case EXPIRE_TOKEN_MID_PAGING -> mall.expire(call.now());
            case INSERT_ROWS_MID_PAGING -> mall.mall().shop().add(Channel.CAFE24, ADDED, call.now());
            case REVOKE_APP -> mall.remove();
            case SCOPE_REMOVED -> mall.narrow(argument);
            case STATUS,
                    QUOTA_HOURS,
                    DELAY,
                    DROP_BEFORE_RESPONSE,
                    ROTATE_THEN_DROP,
                    TRUNCATED_JSON,
                    HTML_200,
                    EMPTY_ARRAY_ONCE,
                    MISSING_FIELD,
                    CLOCK_SKEW,
                    LATE_LOGIN_REDIRECT,
                    CAPTCHA,
                    LAYOUT,
                    STALE_TABLE,
                    COUNT_LIES -> {}
        }
    }

    @Override
    public Answer answer(Call call) {
        MallState mall = accounts.mall(mallId(call))
                .map(this::state)
                .orElseThrow(() -> Problem.notFound("mall " + mallId(call)));
        String path = relative(call);
        if (call.header("x-sandbox-scheme").equals(Optional.of("http"))) {
            throw new Refused(Problem.of(403, "https is required."));
        }
        if (path.startsWith("/oauth/")) {
            return oauth(mall, call, path);
        }
        return admin(mall, call, path);
    }

    /** Plays the operator, for tests without a browser. */
    public Answer consent(String mallId, Call call) {
        MallState mall = accounts.mall(mallId).map(this::state).orElseThrow(() -> Problem.notFound("mall " + mallId));
        return oauth.decide(mall, call, !call.query().get("decision", "agree").equals("deny"));
    }

    private Answer oauth(MallState mall, Call call, String path) {
        if (path.equals("/oauth/authorize")
                && (call.method().equals("GET") || call.method().equals("POST"))) {
            return oauth.authorize(mall, call);
        }
        if (path.equals("/oauth/token") && call.method().equals("POST")) {
            return oauth.token(mall, call);
        }
        if (path.equals("/oauth/revoke") && call.method().equals("POST")) {
            return oauth.revoke(mall, call);
        }
        throw Problem.notFound(call.method() + " " + path);
    }

    private Answer admin(MallState mall, Call call, String path) {
        boolean isInQuota = mall.isInQuota(call.now());
        if (!isInQuota || !mall.isInBucket(call.now())) {
            Answer refused = Problem.of(429, "Too Many Requests").with(mall.headers(call.now()));
            return isInQuota ? refused : refused.whileBlocked();
        }
        try {
            requireSane(call);
            requireAllowed(mall, call, path);
            return headed(routed(mall, call, path), mall, call);
        } catch (Refused refused) {
            return headed(refused.answer(), mall, call);
        }
    }

    private static Answer headed(Answer answer, MallState mall, Call call) {
        String version = call.header("x-cafe24-api-version").orElse(VERSION);
        return answer.with(mall.headers(call.now())).with("X-Cafe24-Api-Version", version);
    }

    private static void requireSane(Call call) {
        if (call.header("content-type").isPresent() && !call.isJson()) {
            throw new Refused(Problem.of(400, "Content-Type must be application/json."));
        }
        if (call.header("x-cafe24-api-version")
                .filter(version -> !version.matches("\\d{4}-\\d\\d-\\d\\d"))
                .isPresent()) {
            throw new Refused(Problem.of(400, "X-Cafe24-Api-Version is not a date."));
        }
    }

    private static void requireAllowed(MallState mall, Call call, String path) {
        Grant grant = call.bearer()
                .flatMap(mall::grant)
                .orElseThrow(() -> new Refused(Problem.of(401, "Invalid access_token")));
        if (!grant.isAlive(call.now())) {
            throw new Refused(Problem.of(401, "access_token time expired. (invalid_token)"));
        }
        if (mall.isRemoved()) {
            throw new Refused(Problem.of(403, "The app is not installed in this mall."));
        }
        String scope = scope(call, path);
        if (!grant.scopes().contains(scope)) {
            throw new Refused(Problem.of(403, "insufficient_scope (" + scope + ")"));
        }
    }

    private static String scope(Call call, String path) {
        String right = call.method().equals("GET") ? "mall.read_" : "mall.write_";
        if (path.startsWith("/admin/products")) {
            return right + "product";
        }
        if (path.startsWith("/admin/categories")) {
            return right + "category";
        }
        return right + (path.startsWith("/admin/coupons") ? "promotion" : "order");
    }

    private static Answer routed(MallState mall, Call call, String path) {
        if (!call.method().equals("GET")) {
            throw Problem.notFound(call.method() + " " + path);
        }
        List<String> parts = List.of(path.substring(1).split("/", -1));
        String first = parts.size() > 1 ? parts.get(1) : "";
        return switch (first) {
            case "orders" -> orders(new Orders(mall), call, parts);
            case "refunds" -> parts.size() == 2 ? new Orders(mall).refunds(call) : none(path);
            case "products" -> products(new Products(mall), call, parts);
            case "categories" -> categories(new Products(mall), call, parts);
            case "coupons" -> coupons(new Coupons(mall), call, parts);
            default -> none(path);
        };
    }

    private static Answer orders(Orders orders, Call call, List<String> parts) {
        if (parts.size() == 2) {
            return orders.list(call);
        }
        String second = parts.get(2);
        if (parts.size() == 3) {
            return switch (second) {
                case "count" -> orders.count(call);
                case "coupons" -> orders.coupons(call);
                default -> orders.one(call, second);
            };
        }
        if (parts.get(3).equals("items") && parts.size() == 4) {
            return orders.items(call, second);
        }
        boolean isHistory = parts.size() == 6 && parts.get(5).equals("history");
        return isHistory ? orders.history(call, second, parts.get(4)) : none(call.path());
    }

    private static Answer products(Products products, Call call, List<String> parts) {
        if (parts.size() == 2) {
            return products.list(call);
        }
        if (parts.size() > 3) {
            return none(call.path());
        }
        return parts.get(2).equals("count") ? products.count(call) : products.one(call, parts.get(2));
    }

    private static Answer categories(Products products, Call call, List<String> parts) {
        if (parts.size() == 2) {
            return products.categories(call);
        }
        if (parts.size() == 3 && parts.get(2).equals("count")) {
            return products.categoryCount(call);
        }
        boolean isProducts = parts.size() == 4 && parts.get(3).equals("products");
        return isProducts ? products.ofCategory(call, parts.get(2)) : none(call.path());
    }

    private static Answer coupons(Coupons coupons, Call call, List<String> parts) {
        if (parts.size() == 2) {
            return coupons.list(call);
        }
        return parts.size() == 3 && parts.get(2).equals("count") ? coupons.count(call) : none(call.path());
    }

    private static Answer none(String path) {
        throw Problem.notFound(path);
    }

    private MallState state(Mall mall) {
        return states.computeIfAbsent(mall.mallId(), id -> new MallState(mall, seed));
    }

    private static String mallId(Call call) {
        int end = call.path().indexOf('/', 1);
        return end < 0 ? call.path().replace("/", "") : call.path().substring(1, end);
    }

    private static String rest(Call call) {
        int end = call.path().indexOf('/', 1);
        return end < 0 ? "" : call.path().substring(end);
    }
}
