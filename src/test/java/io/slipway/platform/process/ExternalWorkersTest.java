package io.slipway.platform.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.externaltask.ExternalTaskQuery;
import org.camunda.bpm.engine.externaltask.ExternalTaskQueryBuilder;
import org.camunda.bpm.engine.externaltask.ExternalTaskQueryTopicBuilder;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExternalWorkersTest {

    private static final int HANDS = 4;

    private final ExternalTaskService tasks = mock(ExternalTaskService.class);
    private final ExternalTaskQuery held = mock(ExternalTaskQuery.class, RETURNS_SELF);
    private final Queue<LockedExternalTask> waiting = new ConcurrentLinkedQueue<>();
    private final CountDownLatch begun = new CountDownLatch(HANDS);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final ExternalWorkers workers = new ExternalWorkers(
            tasks,
            new EngineAccess(mock(IdentityService.class)),
            List.of(new LongWork()),
            Duration.ofMillis(300),
            Duration.ofMillis(20),
            List.of(Duration.ofSeconds(30)),
            Duration.ofMillis(200));

    private final class LongWork implements ExternalWork {

        @Override
        public String topic() {
            return "test.long";
        }

        @Override
        public void perform(LockedExternalTask task) {
            begun.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                interrupted.set(true);
                Thread.currentThread().interrupt();
            }
        }
    }

    @BeforeEach
    void anEngine() {
        when(tasks.fetchAndLock(anyInt(), anyString())).thenAnswer(asked -> taking(asked.getArgument(0)));
        when(tasks.createExternalTaskQuery()).thenReturn(held);
        when(held.count()).thenReturn(1L);
    }

    @AfterEach
    void ends() {
        mayEnd.countDown();
        workers.stop();
    }

    private ExternalTaskQueryBuilder taking(int most) {
        ExternalTaskQueryBuilder query = mock(ExternalTaskQueryBuilder.class);
        when(query.topic(anyString(), anyLong())).thenReturn(mock(ExternalTaskQueryTopicBuilder.class));
        when(query.execute()).thenAnswer(asked -> {
            List<LockedExternalTask> taken = new ArrayList<>();
            while (taken.size() < most && !waiting.isEmpty()) {
                taken.add(waiting.remove());
            }
            return taken;
        });
        return query;
    }

    private void offer(int count) {
        for (int i = 0; i < count; i++) {
            LockedExternalTask task = mock(LockedExternalTask.class);
            when(task.getId()).thenReturn("task-" + i);
            when(task.getTopicName()).thenReturn("test.long");
            waiting.add(task);
        }
    }

    private void begin(int count) throws InterruptedException {
        offer(count);
        workers.start();
        assertThat(begun.await(10, TimeUnit.SECONDS)).as("all hands are busy").isTrue();
    }

    @Test
    void takesNoMoreThanItCanBeginAtOnce() throws InterruptedException {
        begin(HANDS + 2);

        // Several turns, none of which may take anything.
        Thread.sleep(200);
        assertThat(waiting).hasSize(2);

        mayEnd.countDown();
        for (int i = 0; i < HANDS + 2; i++) {
            verify(tasks, timeout(10_000)).complete(eq("task-" + i), anyString());
        }
        assertThat(waiting).isEmpty();
    }

    @Test
    void anExtensionThatFailsIsNotTheLast() throws InterruptedException {
        doThrow(new ProcessEngineException("the database was away"))
                .doNothing()
                .when(tasks)
                .extendLock(eq("task-0"), anyString(), anyLong());
        begin(HANDS);

        verify(tasks, timeout(10_000).atLeast(3)).extendLock(eq("task-0"), anyString(), anyLong());
    }

    @Test
    void stoppingInterruptsNothing() throws InterruptedException {
        begin(HANDS);

        workers.stop();
        mayEnd.countDown();

        verify(tasks, timeout(10_000)).complete(eq("task-0"), anyString());
        assertThat(interrupted).isFalse();
        verify(tasks, never()).handleFailure(any(), any(), any(), any(), anyInt(), anyLong());
    }

    @Test
    void whatCouldNotBeBegunIsGivenBackWhileItIsStillHeld() throws InterruptedException {
        CountDownLatch asking = new CountDownLatch(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        offer(2);
        when(tasks.fetchAndLock(anyInt(), anyString())).thenAnswer(asked -> {
            asking.countDown();
            mayAnswer.await();
            return taking(asked.getArgument(0));
        });
        when(held.count()).thenReturn(1L, 0L);
        workers.start();
        assertThat(asking.await(10, TimeUnit.SECONDS)).isTrue();
        Thread stopping = new Thread(workers::stop);
        stopping.start();
        while (workers.isRunning()) {
            Thread.sleep(5);
        }
        Thread.sleep(50);
        mayAnswer.countDown();
        stopping.join(10_000);

        verify(tasks, timeout(10_000)).unlock("task-0");
        verify(tasks, never()).unlock("task-1");
        assertThat(begun.getCount()).isEqualTo(HANDS);
    }
}
