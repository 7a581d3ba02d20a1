package jp.musubi.contract.web;

import jp.musubi.contract.RefusalMessages;
import jp.musubi.contract.StepRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;

/** Tells a refusal as a page: what happened, what was kept, what to do now. */
@ControllerAdvice(basePackageClasses = ContractProblems.class)
class ContractProblems {

  /**
   * A refusal in words.
   *
   * @param key of {@link RefusalMessages}
   * @param path of the contract; null if it was about none
   */
  record Page(String key, @Nullable String path) {}

  @ExceptionHandler
  ModelAndView refused(StepRefused refused, NativeWebRequest request) {
    var page =
        new ModelAndView(
            "contract/refused",
            "page",
            new Page(RefusalMessages.key(refused.reason()), contractPath(request)));
    page.setStatus(HttpStatus.CONFLICT);
    return page;
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
