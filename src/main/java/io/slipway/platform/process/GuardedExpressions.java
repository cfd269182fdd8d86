package io.slipway.platform.process;

import java.beans.FeatureDescriptor;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.Date;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.el.ReadOnlyMapELResolver;
import org.camunda.bpm.engine.impl.el.VariableContextElResolver;
import org.camunda.bpm.engine.impl.el.VariableScopeElResolver;
import org.camunda.bpm.engine.spring.SpringExpressionManager;
import org.camunda.bpm.impl.juel.jakarta.el.BeanELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ListELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.MapELResolver;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/**
 * Expressions of models reach variables, delegates and facade beans, and nothing else.
 *
 * <p>The engine's own manager lets every Spring bean be named and lets {@code ''.getClass().forName(..)} run anything. Here a bean
 * must be a {@link JavaDelegate} or a {@link ModelFacade}, and methods are called on plain values only.
 */
final class GuardedExpressions extends SpringExpressionManager {

    GuardedExpressions(ApplicationContext context) {
        super(context, new NameableBeans(context));
    }

    @Override
    protected ELResolver createElResolver() {
        CompositeELResolver resolver = new CompositeELResolver();
        resolver.add(new VariableScopeElResolver());
        resolver.add(new VariableContextElResolver());
        resolver.add(new ReadOnlyMapELResolver(beans));
        resolver.add(new ListELResolver(true));
        resolver.add(new MapELResolver(true));
        resolver.add(new PlainValues());
        return resolver;
    }

    /** Whether a model may name this bean. */
    static boolean nameable(ApplicationContext context, String name) {
        return context.containsBean(name)
                && (context.isTypeMatch(name, JavaDelegate.class) || context.isTypeMatch(name, ModelFacade.class));
    }

    /** Looks beans up when an expression names them: delegates need the engine, which does not exist yet when this is made. */
    private static final class NameableBeans extends AbstractMap<Object, Object> {

        private final ApplicationContext context;

        NameableBeans(ApplicationContext context) {
            this.context = context;
        }

        @Override
        public boolean containsKey(@Nullable Object name) {
            return name instanceof String bean && nameable(context, bean);
        }

        @Override
        public @Nullable Object get(@Nullable Object name) {
            return name instanceof String bean && nameable(context, bean) ? context.getBean(bean) : null;
        }

        @Override
        public Set<Map.Entry<Object, Object>> entrySet() {
            return Collections.emptySet();
        }
    }

    /** Reads properties and calls methods of plain values and of our own facades; refuses every way to reflection and engine. */
    private static final class PlainValues extends BeanELResolver {

        private static final Set<String> CLOSED = Set.of("class", "getClass", "wait", "notify", "notifyAll");

        PlainValues() {
            super(true);
        }

        @Override
        public @Nullable Object getValue(ELContext context, @Nullable Object base, @Nullable Object property) {
            check(base, property);
            return super.getValue(context, base, property);
        }

        @Override
        public @Nullable Object invoke(
                ELContext context,
                @Nullable Object base,
                @Nullable Object method,
                Class<?> @Nullable [] types,
                @Nullable Object @Nullable [] arguments) {
            check(base, method);
            return super.invoke(context, base, method, types, arguments);
        }

        @Override
        public @Nullable Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, @Nullable Object base) {
            return null;
        }

        private static void check(@Nullable Object base, @Nullable Object member) {
            if (base == null) {
                return;
            }
            String name = String.valueOf(member);
            if (CLOSED.contains(name)
                    || name.toLowerCase(java.util.Locale.ROOT).contains("processengine")
                    || name.contains("pmnModel")
                    || !plain(base)) {
                throw new ELException("'" + name + "' is not open to expressions of models");
            }
        }

        private static boolean plain(Object base) {
            if (base instanceof CharSequence
                    || base instanceof Number
                    || base instanceof Boolean
                    || base instanceof Date
                    || base instanceof VariableScope
                    || base instanceof ModelFacade) {
                return true;
            }
            String type = base.getClass().getName();
            return type.startsWith("java.time.")
                    || type.startsWith("org.joda.time.")
                    || type.startsWith("org.camunda.spin.");
        }
    }
}
