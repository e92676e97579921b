package dev.jangbu.mart.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.FileSystemResource;

class MartFolderTest {
    private static final Path PACKAGED = Path.of("..", "sql", "marts", "mart_orders");

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void copyAMart() throws IOException {
        for (String file : new String[] {"metadata.yaml", "schema.yaml", "query.sql", "checks.sql"}) {
            Files.copy(PACKAGED.resolve(file), folder.resolve(file));
        }
    }

    @Test
    void aFolderIsAMart() {
        assertThat(read().name()).isEqualTo("mart_orders");
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Files.delete(folder.resolve("query.sql"));

        assertThatThrownBy(this::read).hasMessage(folder.resolve("query.sql") + ": no such file");
    }

    @Test
    void anUnknownKeyIsRefused() throws IOException {
        change("metadata.yaml", "grain:", "colour: blue\ngrain:");

        assertThatThrownBy(this::read)
                .hasMessageStartingWith(folder.resolve("metadata.yaml") + ": Unrecognized property \"colour\"");
    }

    @Test
    void aKeyLeftOutIsRefused() throws IOException {
        change("metadata.yaml", "depends_on: []\n", "");

        assertThatThrownBy(this::read)
                .hasMessageStartingWith(folder.resolve("metadata.yaml") + ": Missing creator property 'depends_on'");
    }

    @Test
    void aValueThatIsNotAllowedIsNamed() throws IOException {
        change("metadata.yaml", "target: mart.mart_orders", "target: mart_orders");

        assertThatThrownBy(this::read)
                .hasMessageContaining("metadata.yaml: ")
                .hasMessageContaining("target: mart_orders (expected: schema.table such as mart.mart_orders)");
    }

    @Test
    void aCheckThatIsWrongNamesItsMart() throws IOException {
        change("checks.sql", "-- #warn orders_without_amount", "-- #perhaps orders_without_amount");

        assertThatThrownBy(this::read).hasMessage("mart mart_orders: #perhaps (expected: #fail, #warn or #fact)");
    }

    private Mart read() {
        return new MartFolder(new FileSystemResource(folder.resolve("metadata.yaml"))).read();
    }

    private void change(String file, String from, String to) throws IOException {
        String text = Files.readString(folder.resolve(file));
        assertThat(text).contains(from);
        Files.writeString(folder.resolve(file), text.replace(from, to));
    }
}
