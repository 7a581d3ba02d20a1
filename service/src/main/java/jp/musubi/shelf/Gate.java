package jp.musubi.shelf;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** 控えの門. Leads whoever comes to the page that their session has come to. */
@Component
class Gate {
  private final Holders holders;
  private final HolderCookie cookie;

  Gate(Holders holders, HolderCookie cookie) {
    this.holders = holders;
    this.cookie = cookie;
  }

  /** How far the request's session has come. */
  Standing standing(HttpServletRequest request) {
    return cookie.of(request).map(holders::standing).orElseGet(Standing.Outside::new);
  }

  /** Goes on if everything was shown; else to where it is asked for. */
  ModelAndView open(HttpServletRequest request, Function<Opened, ModelAndView> work) {
    var standing = standing(request);
    return standing instanceof Standing.Open(var opened) ? work.apply(opened) : onward(standing);
  }

  /** The page of a standing. */
  static ModelAndView onward(Standing standing) {
    return new ModelAndView(
        "redirect:"
            + switch (standing) {
              case Standing.Outside _ -> "/past";
              case Standing.FileWanted _ -> "/past/proof";
              case Standing.CodeWanted _ -> "/past/code";
              case Standing.AppOffered _ -> "/past/app";
              case Standing.Open _ -> "/past/contracts";
            });
  }
}
