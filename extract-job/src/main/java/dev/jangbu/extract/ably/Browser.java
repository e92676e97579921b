package dev.jangbu.extract.ably;

import dev.jangbu.extract.http.FailureKind;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.openqa.selenium.SessionNotCreatedException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Chromium and its driver, as the system's packages install them: nothing is downloaded. */
final class Browser {
    static final String DRIVER = "JANGBU_CHROMEDRIVER";
    static final String CHROMIUM = "JANGBU_CHROMIUM";

    private Browser() {}

    /** @throws JobFailure with {@link ExitCode#USAGE} when one of both is not installed */
    static WebDriver open(Map<String, String> environment) {
        Path driver = installed(DRIVER, environment.getOrDefault(DRIVER, "/usr/bin/chromedriver"));
        Path chromium = installed(CHROMIUM, environment.getOrDefault(CHROMIUM, "/usr/bin/chromium"));
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        // In a job's container there are no user namespaces for a sandbox, and /dev/shm is too small for a page.
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1600,1200", "--lang=ko-KR");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.toFile())
                .build();
        try {
            return new ChromeDriver(service, options);
        } catch (SessionNotCreatedException broken) {
            throw FailureKind.UNAVAILABLE.failure(
                    "browser: did not start (expected: chromium and its driver of the same version)", broken);
        }
    }

    private static Path installed(String setting, String file) {
        Path path = Path.of(file);
        if (!Files.isExecutable(path)) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    setting + ": " + file + " is not installed (expected: the packages chromium and chromium-driver)");
        }
        return path;
    }
}
