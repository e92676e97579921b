package dev.jangbu.kit.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StorageFailureTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new IOException("No space left on device"),
                        "no space left on the disk; free some and run again"),
                Arguments.of(
                        new FileSystemException("f", null, "Read-only file system"),
                        "the file system is read-only; pass --workspace with a folder that can be written"),
                Arguments.of(
                        new AccessDeniedException("f"),
                        "permission denied; pass --workspace with a folder that can be written"),
                Arguments.of(new IOException("Input/output error"), "Input/output error"),
                Arguments.of(new IOException(), "IOException"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void eachRefusalOfTheFileSystemSaysWhatToDo(IOException failure, String reason) {
        assertThat(StorageFailure.of("cannot write", Path.of("f"), failure)).hasMessage("cannot write f: " + reason);
    }
}
