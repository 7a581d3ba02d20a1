package jp.musubi.contract.web;

import java.util.List;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.RefusalMessages;
import jp.musubi.contract.StepRefused;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Tells a contract's refusal as a page, whichever feature's step was refused: what happened, what
 * was kept, what to do now.
 */
@ControllerAdvice
@Order(0)
class ContractProblems {

  private final EligibilityWords eligibility;

  ContractProblems(EligibilityWords eligibility) {
    this.eligibility = eligibility;
  }

  /**
   * A refusal in words.
   *
   * @param key of {@link RefusalMessages}
   * @param reasons what it was refused for, where there may be several things
   * @param path of the contract; null if it was about none
   */
  record Page(String key, List<Text> reasons, @Nullable String path) {}

  @ExceptionHandler
  ModelAndView refused(StepRefused refused, NativeWebRequest request) {
    var page =
        new ModelAndView(
            "contract/refused",
            "page",
            new Page(
                RefusalMessages.key(refused.reason()),
                reasons(refused.reason()),
                contractPath(request)));
    page.setStatus(HttpStatus.CONFLICT);
    return page;
  }

  private List<Text> reasons(Refusal refusal) {
    return switch (refusal) {
      case Refusal.NotElectronic(var reasons) -> eligibility.of(reasons);
      case Refusal.InputsMissing(var labels) -> labels(labels);
      case Refusal.InputsUnfit(var labels) -> labels(labels);
      case Refusal.SubmissionsMissing(var names) -> labels(names);
      case Refusal.MarksUnfit(var labels) -> labels(labels);
      case Refusal.MandateMissing(var reasons) -> labels(reasons);
      case Refusal.OwnSignatureNotAlone(var labels) -> labels(labels);
      default -> List.of();
    };
  }

  private static List<Text> labels(List<String> labels) {
    return labels.stream().map(label -> Text.of("refusal.input", label)).toList();
  }

  private static @Nullable String contractPath(NativeWebRequest request) {
    return request.getAttribute(
                    HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, NativeWebRequest.SCOPE_REQUEST)
                instanceof java.util.Map<?, ?> variables
            && variables.get("id") instanceof String id
        ? "/contracts/" + id
        : null;
  }
}
