package dev.jangbu.sandbox.smartstore;

import dev.jangbu.sandbox.account.Accounts;
import dev.jangbu.sandbox.account.SmartStore;
import dev.jangbu.sandbox.faults.FaultKind;
import dev.jangbu.sandbox.http.Answer;
import dev.jangbu.sandbox.http.Call;
import dev.jangbu.sandbox.http.Platform;
import dev.jangbu.sandbox.http.Refused;
import dev.jangbu.sandbox.shop.Channel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** All applications; below {@code /naver/external}. */
public final class CommerceApi implements Platform {
    private static final String TOKEN = "/v1/oauth2/token";
    private static final String PRODUCT_ORDERS = "/v1/pay-order/seller/product-orders";
    private static final String ORDERS = "/v1/pay-order/seller/orders/";
    private static final int ADDED = 3;

    private final Accounts accounts;
    private final long seed;
    private final Map<String, AppState> states = new ConcurrentHashMap<>();

    public CommerceApi(Accounts accounts, long seed) {
        this.accounts = accounts;
        this.seed = seed;
    }

    @Override
    public String channel() {
        return Channel.NAVER.text();
    }

    @Override
    public String prefix() {
        return "/naver/external";
    }

    @Override
    public boolean isTokenCall(Call call) {
        return call.path().equals(TOKEN);
    }

    /** By the client id of a token call, wherever it stands; else by the token. */
    @Override
    public String account(Call call) {
        if (isTokenCall(call)) {
            return call.form()
                    .first("client_id")
                    .or(() -> call.query().first("client_id"))
                    .orElse("");
        }
        return app(call).map(app -> app.store().clientId()).orElse("");
    }

    @Override
    public Answer failure(Call call, int status) {
        String code =
                switch (status) {
                    case 400 -> "BAD_REQUEST";
                    case 401 -> "GW.AUTHN";
                    case 403 -> "GW.IP_NOT_ALLOWED";
                    case 404 -> "GW.NOT_FOUND";
                    case 429 -> "GW.RATE_LIMIT";
                    case 503 -> "GW.BLOCK.02";
                    case 504 -> "GW.TIMEOUT.01";
                    default -> "GW.INTERNAL_SERVER_ERROR";
                };
        return Problem.of(call, status, code, "일시적인 오류가 발생했습니다.");
    }

    @Override
    public boolean canSuffer(FaultKind kind, Call call) {
        return switch (kind) {
            case ROTATE_THEN_DROP, LATE_LOGIN_REDIRECT, CAPTCHA, LAYOUT, STALE_TABLE, COUNT_LIES, SCOPE_REMOVED ->
                false;
            case STATUS,
                    QUOTA_HOURS,
                    DELAY,
                    DROP_BEFORE_RESPONSE,
                    TRUNCATED_JSON,
                    HTML_200,
                    EMPTY_ARRAY_ONCE,
                    MISSING_FIELD,
                    EXPIRE_TOKEN_MID_PAGING,
                    INSERT_ROWS_MID_PAGING,
                    CLOCK_SKEW,
                    REVOKE_APP -> true;
        };
    }

    @Override
    public void suffer(FaultKind kind, Call call) {
        Optional<AppState> known = accounts.smartStore(account(call)).map(this::state);
        if (known.isEmpty()) {
            return;
        }
        AppState app = known.get();
        if (kind == FaultKind.QUOTA_HOURS) {
            app.shutOut(call.now());
        } else if (kind == FaultKind.EXPIRE_TOKEN_MID_PAGING || kind == FaultKind.REVOKE_APP) {
            app.expireAll();
        } else if (kind == FaultKind.INSERT_ROWS_MID_PAGING) {
            app.store().shop().add(Channel.NAVER, ADDED, call.now());
        }
    }

    @Override
    public Answer answer(Call call) {
        return isTokenCall(call) ? token(call) : Problem.traced(call, api(call));
    }

    private Answer token(Call call) {
        if (!call.method().equals("POST")) {
            throw Problem.notFound(call);
        }
        AppState app = accounts.smartStore(account(call))
                .map(this::state)
                .orElseThrow(() -> Problem.invalid(call, "client_id", "unknown"));
        requireAddress(app, call);
        if (app.isShutOut(call.now())) {
            return shutOut(call).whileBlocked();
        }
        if (!call.query().isEmpty()) {
            app.shutOut(call.now());
            return shutOut(call);
        }
        return limited(app, TOKEN, call, () -> TokenEndpoint.answer(app, call));
    }

    private Answer api(Call call) {
        AppState app = app(call).orElseThrow(() -> Problem.authentication(call));
        requireAddress(app, call);
        if (app.isShutOut(call.now())) {
            return shutOut(call).whileBlocked();
        }
        String token = call.bearer().orElse("");
        if (!app.isAlive(token, call.now())) {
            throw Problem.authentication(call);
        }
        return limited(app, endpoint(call), call, () -> routed(app, call));
    }

    private static Answer limited(AppState app, String endpoint, Call call, Supplier<Answer> answer) {
        if (!app.admits(endpoint, call.now())) {
            return Problem.of(call, 429, "GW.RATE_LIMIT", "요청이 많아 처리할 수 없습니다.").with(app.headers(endpoint));
        }
        try {
            return answer.get().with(app.headers(endpoint));
        } catch (Refused refused) {
            return refused.answer().with(app.headers(endpoint));
        }
    }

    private static Answer routed(AppState app, Call call) {
        ProductOrders orders = new ProductOrders(app.store().shop());
        if (call.is("GET", PRODUCT_ORDERS + "/last-changed-statuses")) {
            return orders.changed(call);
        }
        if (call.is("POST", PRODUCT_ORDERS + "/query")) {
            requireJson(call);
            return orders.details(call);
        }
        if (call.is("GET", PRODUCT_ORDERS)) {
            return orders.list(call);
        }
        if (call.is("POST", "/v1/products/search")) {
            requireJson(call);
            return new ProductSearch(app.store().shop()).answer(call);
        }
        String path = call.path();
        if (call.method().equals("GET") && path.startsWith(ORDERS) && path.endsWith("/product-order-ids")) {
            return orders.idsOfOrder(call, path.substring(ORDERS.length(), path.lastIndexOf('/')));
        }
        throw Problem.notFound(call);
    }

    private static void requireJson(Call call) {
        if (!call.isJson()) {
            throw Problem.invalid(call, "Content-Type", "application/json");
        }
    }

    private static void requireAddress(AppState app, Call call) {
        if (!app.store().addresses().contains(call.header("x-sandbox-ip").orElse("127.0.0.1"))) {
            throw new Refused(Problem.of(call, 403, "GW.IP_NOT_ALLOWED", "허용되지 않은 IP입니다."));
        }
    }

    private static Answer shutOut(Call call) {
        return Problem.of(call, 429, "GW.QUOTA_LIMIT", "요청 한도를 초과했습니다.")
                .with(Map.of(
                        "GNCP-GW-Quota-Period", "HOURS",
                        "GNCP-GW-Quota-Limit", "1",
                        "GNCP-GW-Quota-Remaining", "0"));
    }

    /** One bucket for all orders' ids. */
    private static String endpoint(Call call) {
        return call.path().startsWith(ORDERS) ? ORDERS : call.method() + " " + call.path();
    }

    private Optional<AppState> app(Call call) {
        String token = call.bearer().orElse("");
        return states.values().stream().filter(app -> app.knows(token)).findFirst();
    }

    private AppState state(SmartStore store) {
        return states.computeIfAbsent(store.clientId(), id -> new AppState(store, seed));
    }
}
