package io.slipway.release.web;

import io.slipway.platform.process.ProcessRecords;
import java.util.Map;

/**
 * One step of the history of a release, in words.
 *
 * @param kind what kind of step it is
 * @param who who took it
 */
record HistoryLine(ProcessRecords.Step step, String kind, String who) {

    static HistoryLine of(ProcessRecords.Step step, Map<String, String> names) {
        return new HistoryLine(step, kind(step.type()), who(step, names));
    }

    private static String who(ProcessRecords.Step step, Map<String, String> names) {
        if (step.person() != null) {
            return names.getOrDefault(step.person(), step.person());
        }
        return step.type().equals("userTask") ? "Nobody yet" : "Slipway";
    }

    private static String kind(String type) {
        return switch (type) {
            case "userTask" -> "Task";
            case "serviceTask", "sendTask", "scriptTask" -> "Automatic step";
            case "businessRuleTask" -> "Decision table";
            case "callActivity" -> "Called process";
            case "intermediateTimer", "boundaryTimer" -> "Timer";
            case "boundaryError" -> "Error";
            case "boundaryMessage", "intermediateMessageCatch", "messageStartEvent", "receiveTask" -> "Message";
            default -> type.endsWith("EndEvent") || type.equals("errorEndEvent") ? "End" : "Event";
        };
    }
}
