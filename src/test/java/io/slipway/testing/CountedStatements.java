package io.slipway.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;

/** Takes down every statement that a thread prepares while it is asked to. */
@TestConfiguration(proxyBeanMethods = false)
public class CountedStatements implements BeanPostProcessor {

    private static final ThreadLocal<List<String>> HEARD = new ThreadLocal<>();

    /** Something that may fail. */
    public interface Work {
        void run() throws Exception;
    }

    /** The statements that were prepared on this thread while the work ran. */
    public static List<String> during(Work work) throws Exception {
        List<String> statements = new ArrayList<>();
        HEARD.set(statements);
        try {
            work.run();
        } finally {
            HEARD.remove();
        }
        return statements;
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
        InvocationHandler handler = (proxy, method, arguments) -> {
            try {
                Object answer = method.invoke(connection, arguments);
                List<String> heard = HEARD.get();
                if (heard != null && answer instanceof PreparedStatement && arguments != null) {
                    heard.add(String.valueOf(arguments[0]));
                }
                return answer;
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        };
        return (Connection) Proxy.newProxyInstance(
                CountedStatements.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
    }
}
