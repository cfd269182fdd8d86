package io.slipway.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;

/** Takes down every statement that a thread prepares while it is asked to. */
@TestConfiguration(proxyBeanMethods = false)
public class CountedStatements implements BeanPostProcessor {

    private static final ThreadLocal<Listener> HEARD = new ThreadLocal<>();

    /** Something that may fail. */
    public interface Work {
        void run() throws Exception;
    }

    /**
     * A statement that was prepared.
     *
     * @param parameters by their place, from 1, as they were set last; empty unless they were asked for
     */
    public record Statement(String sql, SortedMap<Integer, @Nullable Object> parameters) {}

    private record Listener(boolean withParameters, List<Statement> heard) {}

    /** The statements that were prepared on this thread while the work ran. */
    public static List<String> during(Work work) throws Exception {
        return heard(false, work).stream().map(Statement::sql).toList();
    }

    /** The same with what was set in them, which takes more time. */
    public static List<Statement> withParametersDuring(Work work) throws Exception {
        return heard(true, work);
    }

    /** The same of what declares no exception. */
    public static List<Statement> withParametersDuringRunning(Runnable work) {
        try {
            return heard(true, work::run);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("A runnable declares no exception", e);
        }
    }

    /**
     * Whether a page asks this. The chain of security finds out before it who calls, whether the person may sign in and with which groups, with
     * the same statements for every request.
     */
    public static boolean ofThePage(String sql) {
        return !sql.contains("from person ") && !sql.contains("ACT_ID_GROUP") && !sql.contains("SPRING_SESSION");
    }

    private static List<Statement> heard(boolean withParameters, Work work) throws Exception {
        List<Statement> heard = new ArrayList<>();
        HEARD.set(new Listener(withParameters, heard));
        try {
            work.run();
        } finally {
            HEARD.remove();
        }
        return heard;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (!(bean instanceof DataSource)) {
            return bean;
        }
        ProxyFactory listening = new ProxyFactory(bean);
        listening.setProxyTargetClass(true);
        listening.addAdvice((MethodInterceptor) call -> {
            Object answer = call.proceed();
            return answer instanceof Connection connection ? listening(connection) : answer;
        });
        return listening.getProxy();
    }

    private static Connection listening(Connection connection) {
        return (Connection) proxy(Connection.class, (proxy, method, arguments) -> {
            Object answer = invoked(method, connection, arguments);
            Listener listener = HEARD.get();
            if (listener == null || !(answer instanceof PreparedStatement prepared) || arguments == null) {
                return answer;
            }
            Statement statement = new Statement(String.valueOf(arguments[0]), new TreeMap<>());
            listener.heard().add(statement);
            return listener.withParameters() ? listening(prepared, statement) : prepared;
        });
    }

    private static PreparedStatement listening(PreparedStatement prepared, Statement statement) {
        return (PreparedStatement) proxy(PreparedStatement.class, (proxy, method, arguments) -> {
            if (method.getName().startsWith("set")
                    && arguments != null
                    && arguments.length > 1
                    && arguments[0] instanceof Integer place) {
                statement.parameters().put(place, method.getName().equals("setNull") ? null : arguments[1]);
            }
            return invoked(method, prepared, arguments);
        });
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(CountedStatements.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static @Nullable Object invoked(Method method, Object target, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
