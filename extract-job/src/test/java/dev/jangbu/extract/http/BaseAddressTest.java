package dev.jangbu.extract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseAddressTest {
    private static final Map<String, String> SANDBOX = Map.of(BaseAddress.PROFILE, "sandbox");

    @Test
    void platformsAreAskedOverTls() {
        assertThat(BaseAddress.of("https://hlogdemo.cafe24api.com/api/v2", Map.of())
                        .of(ApiRequest.get("admin/orders").with("limit", 1000)))
                .hasToString("https://hlogdemo.cafe24api.com/api/v2/admin/orders?limit=1000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:9500/naver/external",
                "http://localhost:9500/",
                "http://[::1]:9500/",
                "http://sandbox:9500/"
            })
    void thisMachineIsAskedInTheSandboxOnly(String address) {
        assertThat(BaseAddress.of(address, SANDBOX)).hasToString(address);
        assertThatThrownBy(() -> BaseAddress.of(address, Map.of()))
                .hasMessage("base URL: " + address
                        + " (expected: another machine; this one only with JANGBU_PROFILE=sandbox)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://api.commerce.naver.com/external|https",
                "http://sandbox.example/|https",
                "https://user:word@api.example/|https://host/path, without user and query",
                "https://api.example/?mall=1|https://host/path, without user and query",
                "https://evil.example/#.cafe24api.com x|https://host/path, without user and query",
                "ftp://api.example/|https://host/path, without user and query",
                "file:///etc/passwd|https://host/path, without user and query"
            })
    void otherAddressesAreRefused(String address, String expected) {
        assertThatThrownBy(() -> BaseAddress.of(address, SANDBOX))
                .hasMessage("base URL: " + address + " (expected: " + expected + ")");
    }
}
