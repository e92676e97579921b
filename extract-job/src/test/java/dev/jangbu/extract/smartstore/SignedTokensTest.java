package dev.jangbu.extract.smartstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.extract.account.NeedsAttention;
import org.junit.jupiter.api.Test;

class SignedTokensTest {
    @Test
    void signatureIsTheDocumentedOne() throws NeedsAttention {
        assertThat(SignedTokens.signature("aaaabbbbcccc", "1643961623299", "$2a$10$abcdefghijklmnopqrstuv"))
                .isEqualTo("JDJhJDEwJGFiY2RlZmdoaWprbG1ub3BxcnN0dXVCVldZSk42T0VPdEx1OFY0cDQxa2IuTnpVaUEzbmsy");
        assertThat(SignedTokens.signature("aaaabbbbcccc", "1643961623299", "$2a$04$abcdefghijklmnopqrstuu"))
                .isEqualTo("JDJhJDA0JGFiY2RlZmdoaWprbG1ub3BxcnN0dXV6NDlObEtMdDYyUWhPdnNjSTNNWnR4ZUlDQjNoYUpD");
    }

    @Test
    void aSecretThatCannotSignIsNotQuoted() {
        assertThatThrownBy(() -> SignedTokens.signature("id", "1643961623299", "planted-secret"))
                .isInstanceOf(NeedsAttention.class)
                .hasMessage("WRONG_SECRET: client_secret: no bcrypt salt (expected: $2a$…, 29 characters)")
                .hasNoCause();
    }
}
