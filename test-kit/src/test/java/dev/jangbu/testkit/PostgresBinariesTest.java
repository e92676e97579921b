package dev.jangbu.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL is there for every kind of machine the tests run on. */
class PostgresBinariesTest {
    private static final byte[] XZ = {(byte) 0xFD, '7', 'z', 'X', 'Z', 0};

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "arm_64"})
    void linuxHasItsPrograms(String architecture) throws IOException {
        try (InputStream programs = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary("Linux", architecture)) {
            assertThat(programs.readNBytes(XZ.length)).isEqualTo(XZ);
        }
    }
}
