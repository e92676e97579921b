package dev.jangbu.testkit;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * SQL is a constant, and values are bound. Looks into the byte code for SQL put together with text: by {@code +}, by
 * {@code String.format} or in a {@code StringBuilder}. Numbers may be put in; so may names, in the few classes that have
 * matched them against a pattern before, which are named here for a reviewer's eye.
 */
final class SqlTextRule extends ArchCondition<JavaClass> {
    private static final Pattern SQL =
            Pattern.compile("\\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|COPY|TRUNCATE|CREATE TABLE|"
                    + "ALTER|DROP|GRANT|REVOKE|EXECUTE|SET LOCAL|FROM|WHERE|VALUES|SET ROLE)\\s");
    private static final char ARGUMENT = '\u0001';

    private final Set<String> classesWithCheckedNames;

    SqlTextRule(Set<String> classesWithCheckedNames) {
        super("bind the values of their SQL");
        this.classesWithCheckedNames = Set.copyOf(classesWithCheckedNames);
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        Optional<Source> source = item.getSource();
        if (source.isEmpty() || classesWithCheckedNames.contains(item.getName())) {
            return;
        }
        try (InputStream bytes = source.get().getUri().toURL().openStream()) {
            new ClassReader(bytes).accept(new Methods(item, events), ClassReader.SKIP_FRAMES);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static final class Methods extends ClassVisitor {
        private final JavaClass inspected;
        private final ConditionEvents events;

        Methods(JavaClass inspected, ConditionEvents events) {
            super(Opcodes.ASM9);
            this.inspected = inspected;
            this.events = events;
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return new Instructions(this, name);
        }

        void violated(String method, int line, String sql) {
            events.add(SimpleConditionEvent.violated(
                    inspected,
                    inspected.getName() + "." + method + " puts text into SQL: " + sql.replace(ARGUMENT, '…') + " in ("
                            + inspected.getSimpleName() + ".java:" + line + ")"));
        }
    }

    /** Remembers the last SQL constant, since {@code format} and {@code append} take it from the stack. */
    private static final class Instructions extends MethodVisitor {
        private final Methods found;
        private final String method;
        private int line;
        private @Nullable String constant;

        Instructions(Methods found, String method) {
            super(Opcodes.ASM9);
            this.found = found;
            this.method = method;
        }

        @Override
        public void visitLineNumber(int number, org.objectweb.asm.Label start) {
            line = number;
        }

        @Override
        public void visitLdcInsn(Object value) {
            constant = value instanceof String text && isSql(text) ? text : null;
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            if (!bootstrap.getOwner().equals("java/lang/invoke/StringConcatFactory")
                    || arguments.length == 0
                    || !(arguments[0] instanceof String recipe)
                    || !isSql(recipe)) {
                return;
            }
            for (Type type : Type.getArgumentTypes(descriptor)) {
                if (type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY) {
                    found.violated(method, line, recipe);
                    return;
                }
            }
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            boolean formats = owner.equals("java/lang/String") && (name.equals("format") || name.equals("formatted"));
            boolean builds = owner.equals("java/lang/StringBuilder") && name.equals("append");
            if (constant != null && (formats || builds)) {
                found.violated(method, line, constant);
            }
            constant = null;
        }

        private static boolean isSql(String text) {
            return SQL.matcher(text).find();
        }
    }
}
