package jp.musubi.approval;

import jp.musubi.contract.RefusalMessages;
import jp.musubi.contract.StepRefused;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;

/** Tells a contract's refusal as its own pages do. */
@ControllerAdvice(basePackageClasses = ApprovalProblems.class)
class ApprovalProblems {

  /** A refusal in words. */
  record Page(String key, @Nullable String path) {}

  @ExceptionHandler
  ModelAndView refused(StepRefused refused, NativeWebRequest request) {
    var variables =
        request.getAttribute(
            HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, NativeWebRequest.SCOPE_REQUEST);
    var path =
        variables instanceof java.util.Map<?, ?> map && map.get("id") instanceof String id
            ? "/contracts/" + id
            : null;
    var page =
        new ModelAndView(
            "contract/refused", "page", new Page(RefusalMessages.key(refused.reason()), path));
    page.setStatus(HttpStatus.CONFLICT);
    return page;
  }
}
