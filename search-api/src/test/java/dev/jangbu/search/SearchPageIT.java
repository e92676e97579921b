package dev.jangbu.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The pages in Chromium; skipped where there is none. Pictures are taken where {@code jangbu.pictures} names a folder. */
@ExtendWith(PostgresExtension.class)
class SearchPageIT {
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Dimension DESK = new Dimension(1200, 1000);
    private static final Dimension PHONE = new Dimension(500, 1000);

    private @Nullable ChromeDriver driver;
    private String url = "";

    @BeforeEach
    void open() {
        assumeTrue(Files.exists(BROWSER) && Files.exists(DRIVER), "no /usr/bin/chromium with /usr/bin/chromedriver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--lang=ko");
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
        driver.manage().window().setSize(DESK);
    }

    @AfterEach
    void close() {
        if (driver != null) {
            driver.quit();
        }
    }

    /** From the pasted key to a decision, by keyboard where a form is; nothing of it is blocked or broken in the browser. */
    @Test
    void aReviewerFindsLooksAndDecides(TestDatabase database) throws IOException {
        Books.write(database);
        Books.writeSales(database);
        Books.writeAnomalies(database);
        Books.writeCourse(database);
        String key = Books.key(database, "han", Books.ACME, "reviewer");
        try (Running server = Running.on(database)) {
            url = server.url();
            logIn(key);
            assertThat(texts("main h1")).containsExactly("현황");
            assertThat(browser().findElements(By.cssSelector("rect.odd"))).isNotEmpty();
            picture("search-overview");

            browser().get(url + "/stores/50");
            assertThat(browser().findElements(By.cssSelector("path.day"))).hasSize(1);
            assertThat(browser().findElements(By.cssSelector("circle.week"))).hasSize(28);
            assertThat(find("svg.chart").getAttribute("aria-label"))
                    .isEqualTo("하루 객단가와 앞 7일 객단가, 2026-01-01부터 2026-01-28까지");
            picture("search-store");

            browser().get(url + "/sales");
            find("#q").sendKeys("재결제", Keys.ENTER);
            await(ExpectedConditions.urlContains("q="));
            assertThat(texts("tbody td:nth-child(8)")).containsExactly("재결제 요청");
            browser().get(url + "/sales?store_id=50&q=%27%20OR%201%3D1%20--");
            assertThat(find("main p.panel").getText()).isEqualTo("찾은 거래가 없습니다.");
            browser().get(url + "/sales");
            picture("search-sales");

            browser().get(url + "/anomalies?rule=over_twice_week");
            assertThat(find(".anomaly .state").getText()).isEqualTo("미검토");
            find(".decision input[type=text]").sendKeys("가맹점에 확인");
            find(".decision button.bad").sendKeys(Keys.SPACE);
            await(ExpectedConditions.urlToBe(
                    url + "/anomalies?rule=over_twice_week#a-mysql-acquirer-4-over_twice_week"));
            assertThat(find(".anomaly .state").getText()).isEqualTo("이상 확정");
            assertThat(database.rows("SELECT sale_id, state, reviewed_by, note FROM ops.anomaly_review"))
                    .containsExactly("4|CONFIRMED|han|가맹점에 확인");
            browser().get(url + "/anomalies");
            picture("search-anomalies");

            assertThat(browser().manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
            browser().get(url + "/sales?from=2026-01-21&to=2026-01-20");
            assertThat(find("[role=alert]").getText()).isEqualTo("까지 «2026-01-20»: 2026-01-21 또는 그 뒤의 날짜를 넣어 주세요.");
        }
    }

    @Test
    void aReaderHasNoButtonsAndAPhoneInTheDarkHasAllItNeeds(TestDatabase database) throws IOException {
        Books.write(database);
        Books.writeSales(database);
        Books.writeAnomalies(database);
        Books.writeCourse(database);
        String key = Books.key(database, "kim", Books.ACME, "reader");
        browser().manage().window().setSize(PHONE);
        browser()
                .executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", 390, "height", 844, "deviceScaleFactor", 2, "mobile", true));
        browser()
                .executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        try (Running server = Running.on(database)) {
            url = server.url();
            logIn(key);
            assertThat(browser().executeScript("return getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo("rgb(20, 23, 27)");
            for (String path : List.of("/", "/stores/50", "/sales", "/anomalies")) {
                browser().get(url + path);
                assertThat(browser().executeScript("return document.documentElement.scrollWidth"))
                        .as(path)
                        .isEqualTo(390L);
            }
            assertThat(browser().findElements(By.cssSelector(".decision"))).isEmpty();
            browser().get(url + "/stores/50");
            picture("search-phone");
            find(".who button").click();
            await(ExpectedConditions.urlToBe(url + "/login"));
            browser().get(url + "/sales");
            assertThat(browser().getCurrentUrl()).isEqualTo(url + "/login");
        }
    }

    private void logIn(String key) {
        browser().get(url + "/");
        assertThat(browser().switchTo().activeElement().getAttribute("id")).isEqualTo("key");
        browser().switchTo().activeElement().sendKeys(key, Keys.ENTER);
        await(ExpectedConditions.presenceOfElementLocated(By.cssSelector(".who span")));
    }

    private void await(ExpectedCondition<?> condition) {
        new WebDriverWait(browser(), Duration.ofSeconds(60)).until(condition);
    }

    private void picture(String name) throws IOException {
        String folder = System.getProperty("jangbu.pictures", "");
        if (!folder.isEmpty()) {
            Files.write(Path.of(folder, name + ".png"), browser().getScreenshotAs(OutputType.BYTES));
        }
    }

    private List<String> texts(String selector) {
        return browser().findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .toList();
    }

    private WebElement find(String selector) {
        return browser().findElement(By.cssSelector(selector));
    }

    private ChromeDriver browser() {
        if (driver == null) {
            throw new IllegalStateException("no browser was opened");
        }
        return driver;
    }
}
