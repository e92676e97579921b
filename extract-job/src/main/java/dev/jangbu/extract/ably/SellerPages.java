package dev.jangbu.extract.ably;

import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.http.FailureKind;
import dev.jangbu.kit.exit.JobFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The pages of the seller's admin in a browser, found as the layout says. What it does is what a seller does by hand. */
final class SellerPages {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** An ended session shows the page first and leaves it a moment later. */
    private static final Duration LATE = Duration.ofSeconds(2);

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Pattern TOTAL = Pattern.compile("총\\s*([0-9,]+)\\s*건");
    private static final int MOST_DIALOGS = 5;
    private static final Duration SESSION = Duration.ofHours(12);

    private final WebDriver driver;
    private final Layout layout;
    private final String base;

    SellerPages(WebDriver driver, Layout layout, String base) {
        this.driver = driver;
        this.layout = layout;
        this.base = base;
    }

    /** A session of the admin: its cookie, as one line. */
    record Session(String cookie, Instant until) {}

    /**
     * Logs in, once: a second wrong password could lock the account.
     *
     * @throws NeedsAttention when the password is wrong, or a person is asked for
     */
    Session logIn(String email, String password, Instant now) throws NeedsAttention {
        driver.get(base + layout.page("login_address"));
        await("the log-in form", () -> isShown("password") || isShown("captcha"));
        requireNoCaptcha();
        fill("email", email);
        fill("password", password);
        first("login_button").click();
        await(
                "the dashboard after the log-in",
                () -> isAt("dashboard_address") || isShown("login_error") || isShown("captcha"));
        requireNoCaptcha();
        if (!isAt("dashboard_address")) {
            throw FailureKind.WRONG_SECRET.end("log-in: refused (expected: the seller's e-mail and password)", null);
        }
        return session(now);
    }

    /** Takes up a session; false when it has ended. */
    boolean openOrders(Session session) throws NeedsAttention {
        driver.get(base + layout.page("login_address"));
        driver.manage().deleteAllCookies();
        cookies(session.cookie()).forEach((name, value) -> driver.manage()
                .addCookie(new Cookie.Builder(name, value).path("/").build()));
        driver.get(base + layout.page("orders_address"));
        await("the table of orders", () -> isAt("login_address") || isShown("captcha") || isDrawn());
        if (!isAt("login_address")) {
            waitForALateEnd();
        }
        requireNoCaptcha();
        if (isAt("login_address")) {
            // A cookie of the session that ended would stand beside the new one of the same name.
            driver.manage().deleteAllCookies();
            return false;
        }
        return true;
    }

    void closeDialogs() {
        for (int closed = 0; closed < MOST_DIALOGS && isShown("dialog"); closed++) {
            List<String> texts = Arrays.asList(layout.page("dialog_close_texts").split("\\|", -1));
            first("dialog").findElements(By.tagName("button")).stream()
                    .filter(button -> texts.contains(button.getText().strip()))
                    .findFirst()
                    .ifPresentOrElse(WebElement::click, () -> driver.findElement(By.tagName("body"))
                            .sendKeys(Keys.ESCAPE));
        }
    }

    /** Asks for the orders paid in these days, both included, a hundred a page. */
    void search(LocalDate from, LocalDate to) {
        enter("from", from);
        enter("to", to);
        new Select(first("page_size")).selectByVisibleText("100");
        settle();
        first("search_button").click();
        settle();
    }

    /** What the page says there is. */
    int total() {
        Matcher said = TOTAL.matcher(first("total").getText());
        if (!said.find()) {
            throw FailureKind.LAYOUT_CHANGED.failure("orders: total: not found (expected: 총 N건)");
        }
        return Integer.parseInt(said.group(1).replace(",", ""));
    }

    boolean isEmpty() {
        return isShown("empty");
    }

    List<String> headings() {
        return rows("header_cells", "(row) => [row]").stream()
                .map(cells -> cells.get(0))
                .toList();
    }

    List<List<String>> rows() {
        return rows("body_rows", "(row) => Array.from(row.cells)");
    }

    /** Whether the pager goes on. */
    boolean hasNext() {
        return first("next_button").isEnabled();
    }

    /** Turns to the next page; its rows must be others. */
    void next() {
        List<List<String>> before = rows();
        first("next_button").click();
        try {
            await("other rows on the next page", () -> isDrawn() && !rows().equals(before));
        } catch (JobFailure stale) {
            throw FailureKind.SCHEMA.failure("orders: the next page shows the rows of the one before", stale);
        }
    }

    private void settle() {
        await("the rows that were asked for", this::isDrawn);
    }

    private boolean isDrawn() {
        return !isShown("mask")
                && (isShown("empty") || !driver.findElements(by("body_rows")).isEmpty());
    }

    private void waitForALateEnd() {
        try {
            new WebDriverWait(driver, LATE, LOOK).until(ignored -> isAt("login_address"));
        } catch (TimeoutException stayed) {
            // It is a session that lasts.
            return;
        }
    }

    private void requireNoCaptcha() throws NeedsAttention {
        if (isShown("captcha")) {
            throw FailureKind.HUMAN_NEEDED.end("log-in: asks for a person (expected: e-mail and password only)", null);
        }
    }

    private Session session(Instant now) {
        StringBuilder line = new StringBuilder();
        Instant until = now.plus(SESSION);
        for (Cookie cookie : driver.manage().getCookies()) {
            line.append(line.isEmpty() ? "" : "; ")
                    .append(cookie.getName())
                    .append('=')
                    .append(cookie.getValue());
            if (cookie.getExpiry() != null && cookie.getExpiry().toInstant().isBefore(until)) {
                until = cookie.getExpiry().toInstant();
            }
        }
        return new Session(line.toString(), until.truncatedTo(ChronoUnit.SECONDS));
    }

    private static Map<String, String> cookies(String line) {
        Map<String, String> cookies = new java.util.LinkedHashMap<>();
        for (String pair : line.split("; ", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return cookies;
    }

    private void fill(String role, String text) {
        WebElement field = first(role);
        field.clear();
        field.sendKeys(text);
    }

    /** As a date picker does: typing a date depends on the browser's language. */
    private void enter(String role, LocalDate day) {
        script(
                "arguments[0].value = arguments[1];"
                        + "for (const kind of ['input', 'change']) arguments[0].dispatchEvent(new Event(kind, {bubbles: true}));",
                first(role),
                day.toString());
    }

    private List<List<String>> rows(String role, String cells) {
        Object found = script(
                "const cells = " + cells + ";"
                        + "return Array.from(document.querySelectorAll(arguments[0]))"
                        + ".map((row) => cells(row).map((cell) => cell.textContent));",
                layout.page(role));
        return found instanceof List<?> rows
                ? rows.stream().map(SellerPages::texts).toList()
                : List.of();
    }

    private static List<String> texts(Object row) {
        return row instanceof List<?> cells
                ? cells.stream().map(String::valueOf).toList()
                : List.of();
    }

    private @Nullable Object script(String text, Object... arguments) {
        return driver instanceof JavascriptExecutor executor ? executor.executeScript(text, arguments) : null;
    }

    private void await(String what, BooleanSupplier condition) {
        try {
            new WebDriverWait(driver, PATIENCE, LOOK).until(ignored -> condition.getAsBoolean());
        } catch (TimeoutException missed) {
            // Not as the cause: it tells the page's address and more.
            throw FailureKind.LAYOUT_CHANGED.failure("page: " + what + ": did not come in " + PATIENCE.toSeconds()
                    + " s (expected: as " + Layout.SETTING + " describes it)");
        }
    }

    private boolean isAt(String role) {
        String address = String.valueOf(driver.getCurrentUrl());
        return address.startsWith(base + layout.page(role));
    }

    private boolean isShown(String role) {
        return !driver.findElements(by(role)).isEmpty();
    }

    private WebElement first(String role) {
        List<WebElement> found = driver.findElements(by(role));
        if (found.isEmpty()) {
            throw FailureKind.LAYOUT_CHANGED.failure("page: " + role + ": not found (expected: " + layout.page(role)
                    + ", or another in " + Layout.SETTING + ")");
        }
        return found.get(0);
    }

    private By by(String role) {
        return By.cssSelector(layout.page(role));
    }
}
