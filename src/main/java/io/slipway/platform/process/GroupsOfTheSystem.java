package io.slipway.platform.process;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The candidate groups that a drawing names, as the groups of the release's system. They are told before the task is offered to
 * anybody: a group taken back afterwards would leave its link and its rights behind.
 */
record GroupsOfTheSystem(Expression drawn, ObjectProvider<UserTasks> tasks) implements Expression {

    @Override
    public List<String> getValue(VariableScope scope) {
        DelegateExecution execution =
                scope instanceof DelegateTask task ? task.getExecution() : (DelegateExecution) scope;
        return tasks.getObject().groups(String.valueOf(drawn.getValue(scope)), execution);
    }

    @Override
    public void setValue(Object value, VariableScope scope) {
        drawn.setValue(value, scope);
    }

    @Override
    public String getExpressionText() {
        return drawn.getExpressionText();
    }

    @Override
    public boolean isLiteralText() {
        return drawn.isLiteralText();
    }
}
