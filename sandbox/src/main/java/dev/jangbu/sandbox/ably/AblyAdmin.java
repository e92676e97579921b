package dev.jangbu.sandbox.ably;

import dev.jangbu.sandbox.account.AblySeller;
import dev.jangbu.sandbox.account.Accounts;
import dev.jangbu.sandbox.faults.Directives;
import dev.jangbu.sandbox.faults.Fault;
import dev.jangbu.sandbox.faults.FaultKind;
import dev.jangbu.sandbox.http.Answer;
import dev.jangbu.sandbox.http.Call;
import dev.jangbu.sandbox.http.Fields;
import dev.jangbu.sandbox.http.Platform;
import dev.jangbu.sandbox.http.Refused;
import dev.jangbu.sandbox.shop.Channel;
import dev.jangbu.sandbox.shop.Days;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The seller's admin; below {@code /ably}. What its pages read by script is theirs, and no interface. */
public final class AblyAdmin implements Platform {
    private static final String COOKIE = "ably-seller-admin-jwt-token";
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final String WRONG = "이메일 또는 비밀번호를 확인해주세요";
    private static final String LOCKED = "로그인 시도 횟수를 초과하여 계정이 잠겼습니다. 고객센터로 문의해주세요.";
    private static final String CAPTCHA = "자동입력 방지 문자를 입력해주세요";
    private static final int ADDED = 3;
    private static final List<Integer> SIZES = List.of(20, 50, 100);

    private final Accounts accounts;
    private final Sessions sessions;
    private final Pages pages = new Pages();

    public AblyAdmin(Accounts accounts, long seed) {
        this.accounts = accounts;
        sessions = new Sessions(seed);
    }

    @Override
    public String channel() {
        return Channel.ABLY.text();
    }

    @Override
    public String prefix() {
        return "/ably";
    }

    @Override
    public String account(Call call) {
        return seller(call)
                .map(AblySeller::email)
                .or(() -> call.form().first("email"))
                .orElse("");
    }

    @Override
    public boolean isTokenCall(Call call) {
        return call.is("POST", "/login");
    }

    @Override
    public Answer failure(Call call, int status) {
        return Answer.html(
                status,
                "<!doctype html><html lang=\"ko\"><head><title>오류</title></head><body>일시적인 오류가 발생했습니다. (" + status
                        + ")</body></html>");
    }

    /** Faults of pages strike pages, not what their scripts read. */
    @Override
    public boolean canSuffer(FaultKind kind, Call call) {
        boolean isList = call.is("GET", "/sales/order") || call.is("GET", "/products/list");
        return switch (kind) {
            case LAYOUT, STALE_TABLE, COUNT_LIES, LATE_LOGIN_REDIRECT -> isList;
            case CAPTCHA -> call.path().equals("/login");
            case MISSING_FIELD, EMPTY_ARRAY_ONCE -> call.path().startsWith("/internal/");
            case QUOTA_HOURS, ROTATE_THEN_DROP, REVOKE_APP, SCOPE_REMOVED -> false;
            case STATUS,
                    DELAY,
                    DROP_BEFORE_RESPONSE,
                    TRUNCATED_JSON,
                    HTML_200,
                    EXPIRE_TOKEN_MID_PAGING,
                    INSERT_ROWS_MID_PAGING,
                    CLOCK_SKEW -> true;
        };
    }

    @Override
    public void suffer(FaultKind kind, Call call) {
        if (kind == FaultKind.EXPIRE_TOKEN_MID_PAGING || kind == FaultKind.LATE_LOGIN_REDIRECT) {
            sessions.close(cookie(call));
        } else if (kind == FaultKind.INSERT_ROWS_MID_PAGING) {
            seller(call).ifPresent(seller -> seller.shop().add(Channel.ABLY, ADDED, call.now()));
        }
    }

    @Override
    public Answer answer(Call call) {
        String asked = call.method() + " " + call.path();
        return switch (asked) {
            case "GET /login" ->
                Answer.html(200, pages.login("", call.directives().has(FaultKind.CAPTCHA)));
            case "POST /login" -> logIn(call);
            case "GET /dashboard" ->
                seller(call).isPresent()
                        ? Answer.html(200, pages.dashboard())
                        : Answer.redirect("/ably/login?redirect=%2Fdashboard");
            case "GET /sales/order" -> list(call, "orders");
            case "GET /products/list" -> list(call, "products");
            case "GET /sales/order/export" -> export(call);
            case "GET /internal/orders" -> rows(call, OrderTable.HEADERS, orders(call, required(call)));
            case "GET /internal/products" ->
                rows(
                        call,
                        ProductTable.HEADERS,
                        ProductTable.rows(required(call).shop(), call.now()));
            default -> throw new Refused(failure(call, 404));
        };
    }

    private Answer logIn(Call call) {
        String email = call.form().get("email", "");
        Optional<AblySeller> seller = accounts.ablySeller(email);
        boolean hasCaptcha = seller.filter(AblySeller::hasCaptcha).isPresent()
                || call.directives().has(FaultKind.CAPTCHA);
        if (sessions.isLocked(email)) {
            return Answer.html(200, pages.login(LOCKED, false)).whileBlocked();
        }
        boolean isRight = seller.filter(one -> one.password().equals(call.form().get("password", "")))
                .isPresent();
        if (!isRight) {
            sessions.countFailure(email);
            return Answer.html(200, pages.login(sessions.isLocked(email) ? LOCKED : WRONG, hasCaptcha));
        }
        if (hasCaptcha) {
            return Answer.html(200, pages.login(CAPTCHA, true));
        }
        String session = sessions.open(seller.orElseThrow(), call.now());
        return Answer.redirect("/ably/dashboard")
                .with("Set-Cookie", COOKIE + "=" + session + "; Path=/ably; HttpOnly; SameSite=Lax");
    }

    /** The shell is shown to anybody; it leaves by itself where nobody is logged in. */
    private Answer list(Call call, String kind) {
        Optional<AblySeller> seller = seller(call);
        Directives faults = call.directives();
        String layout = faults.find(FaultKind.LAYOUT)
                .map(Fault::argument)
                .orElseGet(() -> seller.map(AblySeller::layout).orElse("v1"));
        Pages.Manner manner = new Pages.Manner(
                layout, seller.isEmpty(), faults.has(FaultKind.STALE_TABLE), faults.has(FaultKind.COUNT_LIES));
        return Answer.html(200, pages.list(kind, Days.of(call.now()).toString(), manner));
    }

    private Answer export(Call call) {
        Optional<AblySeller> seller = seller(call);
        if (seller.isEmpty()) {
            return Answer.redirect("/ably/login?redirect=%2Fsales%2Forder");
        }
        List<List<String>> rows = orders(call, seller.get());
        if (call.query().get("format", "xlsx").equals("csv")) {
            return attached(
                    Answer.bytes(200, "text/csv;charset=UTF-8", Csv.of(OrderTable.HEADERS, rows)), "orders.csv");
        }
        return attached(Answer.bytes(200, XLSX, Workbook.of("전체주문", OrderTable.HEADERS, rows)), "orders.xlsx");
    }

    private static Answer attached(Answer answer, String name) {
        return answer.with("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }

    private static Answer rows(Call call, List<String> headers, List<List<String>> rows) {
        int size = number(call, "size", 20);
        int page = number(call, "page", 1);
        if (!SIZES.contains(size) || page < 1) {
            throw new Refused(Answer.json(400, Fields.of("message", "size: " + size + ", page: " + page)));
        }
        int start = (int) Math.min((page - 1L) * size, rows.size());
        return Answer.json(
                200,
                Fields.of("headers", headers)
                        .with("rows", rows.subList(start, Math.min(start + size, rows.size())))
                        .with("count", rows.size()));
    }

    private static List<List<String>> orders(Call call, AblySeller seller) {
        LocalDate today = Days.of(call.now());
        return OrderTable.rows(
                seller.shop(), day(call, "from", today.minusDays(6)), day(call, "to", today), call.now());
    }

    private static int number(Call call, String name, int otherwise) {
        String text = call.query().get(name, String.valueOf(otherwise));
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    }

    private static LocalDate day(Call call, String name, LocalDate otherwise) {
        try {
            return call.query().first(name).map(LocalDate::parse).orElse(otherwise);
        } catch (DateTimeException broken) {
            throw new Refused(Answer.json(400, Fields.of("message", name + ": no date")), broken);
        }
    }

    private AblySeller required(Call call) {
        return seller(call).orElseThrow(() -> new Refused(Answer.json(401, Fields.of("message", "로그인이 필요합니다."))));
    }

    private Optional<AblySeller> seller(Call call) {
        return sessions.seller(cookie(call), call.now());
    }

    private static String cookie(Call call) {
        return Arrays.stream(call.header("cookie").orElse("").split("; *", -1))
                .filter(pair -> pair.startsWith(COOKIE + "="))
                .map(pair -> pair.substring(COOKIE.length() + 1))
                .findFirst()
                .orElse("");
    }
}
