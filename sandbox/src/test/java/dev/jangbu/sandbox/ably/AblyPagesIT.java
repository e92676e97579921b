package dev.jangbu.sandbox.ably;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jangbu.sandbox.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The pages in Chromium; skipped where there is none. */
class AblyPagesIT {
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private @Nullable WebDriver driver;

    @BeforeEach
    void open() {
        assumeTrue(Files.exists(BROWSER) && Files.exists(DRIVER), "no /usr/bin/chromium with /usr/bin/chromedriver");
        Running.reset("default");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
        logIn(Visitor.password());
    }

    @AfterEach
    void close() {
        if (driver != null) {
            driver.quit();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2", "v3"})
    void allPagesOfEachLayoutHoldWhatTheTruthSays(String layout) {
        Running.fault("ably", "/sales/order", "layout:" + layout, 1, 0);
        browser().get(Running.url() + "/ably/sales/order");
        waitForTable();
        find(".period button[data-months='1']").click();
        find(".submit").click();
        waitForTable();
        new Select(find(".page-size")).selectByVisibleText("50");
        waitForTable();

        List<String> ids = allRows("상품주문번호");

        List<String> truth = Running.truth("orders?basis=paid&channel=ably&from=2026-02-02&to=2026-03-02")
                .get("rows")
                .valueStream()
                .map(row -> row.get("item_id").asString())
                .toList();
        assertThat(find(".total").getText()).isEqualTo("총 " + truth.size() + "건");
        assertThat(ids).containsExactlyInAnyOrderElementsOf(truth);
        assertThat(headers()).contains(layout.equals("v2") ? "상태" : "주문상태");
        assertThat(browser().findElements(By.tagName("table"))).hasSize(layout.equals("v3") ? 1 : 2);
    }

    @Test
    void expiredSessionShowsThePageAndLeavesIt() {
        Running.fault("ably", "/sales/order", "late_login_redirect", 1, 0);
        browser().get(Running.url() + "/ably/sales/order");

        assertThat(find("h1").getText()).isEqualTo("전체 주문");
        patience().until(ExpectedConditions.urlContains("/ably/login?redirect="));
    }

    @Test
    void staleTableAndLyingCount() {
        Running.fault("ably", "/sales/order", "stale_table", 1, 0);
        Running.fault("ably", "/sales/order", "count_lies", 1, 0);
        browser().get(Running.url() + "/ably/sales/order");
        waitForTable();
        find(".period button[data-months='1']").click();
        find(".submit").click();
        waitForTable();
        List<String> first = column("상품주문번호");
        find(".pager .next").click();
        waitForTable();

        assertThat(column("상품주문번호")).isEqualTo(first);
        int rows = Running.truth("orders?basis=paid&channel=ably&from=2026-02-02&to=2026-03-02")
                .get("rows")
                .size();
        assertThat(find(".total").getText()).isEqualTo("총 " + (rows + 7) + "건");
    }

    @Test
    void brokenLayoutLacksAColumn() {
        Running.fault("ably", "/sales/order", "layout:broken", 1, 0);
        browser().get(Running.url() + "/ably/sales/order");
        waitForTable();

        assertThat(headers()).doesNotContain("상품주문번호").contains("주문번호");
    }

    private void logIn(String password) {
        browser().get(Running.url() + "/ably/login");
        find("input[name=email]").sendKeys(Visitor.email());
        find("input[name=password]").sendKeys(password);
        find("button[type=submit]").click();
        patience().until(ExpectedConditions.urlContains("/ably/dashboard"));
        find("[role=dialog] button").click();
    }

    private List<String> allRows(String header) {
        List<String> all = new ArrayList<>(column(header));
        while (find(".pager .next").isEnabled()) {
            find(".pager .next").click();
            waitForTable();
            all.addAll(column(header));
        }
        return all;
    }

    private List<String> headers() {
        return browser().findElements(By.cssSelector(".table th")).stream()
                .map(WebElement::getText)
                .toList();
    }

    private List<String> column(String header) {
        int place = headers().indexOf(header) + 1;
        return browser().findElements(By.cssSelector(".table tbody td:nth-child(" + place + ")")).stream()
                .map(WebElement::getText)
                .toList();
    }

    private void waitForTable() {
        patience()
                .until(page -> !page.findElement(By.cssSelector(".mask")).isDisplayed()
                        && !page.findElements(By.cssSelector(".table th, .empty"))
                                .isEmpty());
    }

    private WebElement find(String selector) {
        return browser().findElement(By.cssSelector(selector));
    }

    private WebDriverWait patience() {
        return new WebDriverWait(browser(), Duration.ofSeconds(60));
    }

    private WebDriver browser() {
        if (driver == null) {
            throw new IllegalStateException("no browser was opened");
        }
        return driver;
    }
}
