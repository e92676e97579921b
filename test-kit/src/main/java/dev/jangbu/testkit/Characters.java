package dev.jangbu.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Of a {@link TestDatabase}: migrated in a database of this character type, whatever the server's own is. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface Characters {
    Type value();

    /** The kinds there are: what PostgreSQL takes for a letter, and for its small one, differs in each. */
    enum Type {
        /** Letters are those of ASCII. */
        C("LOCALE 'C'"),
        /** All of Unicode, as the system's library knows it. */
        LIBRARY("LOCALE 'C.UTF-8'"),
        /** All of Unicode by PostgreSQL's own tables, while the library's type is C: as the embedded server is made. */
        BUILTIN("LOCALE 'C' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'");

        private final String options;

        Type(String options) {
            this.options = options;
        }

        /** Of {@code CREATE DATABASE}. */
        String options() {
            return "TEMPLATE template0 ENCODING 'UTF8' " + options;
        }
    }
}
