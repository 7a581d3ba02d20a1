package jp.musubi.input;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Party;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 入力項目を置く・直す: one box, by numbers only. */
@Controller
@Needs(Act.HANDLE_CONTRACT)
@RequestMapping("/contracts/{id}/fields")
class InputFormController {
  private final Inputs inputs;
  private final Book book;

  InputFormController(Inputs inputs, Book book) {
    this.inputs = inputs;
    this.book = book;
  }

  @GetMapping("/new")
  ModelAndView begin(@PathVariable UUID id) {
    var sheet = InputScreens.draft(inputs.of(new ContractId(id)));
    if (sheet.contract().parties().isEmpty()) {
      return new ModelAndView("redirect:/contracts/" + id + "/parties");
    }
    var filler =
        sheet.contract().parties(Party.Kind.COUNTERPARTY).stream()
            .findFirst()
            .map(Party::ordinal)
            .orElse(InputField.BODY);
    return form(sheet, Optional.empty(), InputForm.empty(filler), Map.of(), HttpStatus.OK);
  }

  @PostMapping
  ModelAndView put(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @ModelAttribute InputForm typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    return put(
        InputScreens.draft(inputs.of(new ContractId(id))),
        Optional.empty(),
        typed,
        clerk,
        request,
        flash);
  }

  @GetMapping("/{field}/change")
  ModelAndView again(@PathVariable UUID id, @PathVariable UUID field) {
    var sheet = InputScreens.draft(inputs.of(new ContractId(id)));
    var found = sheet.find(field).orElseThrow(() -> new NotFound("field " + field));
    return form(sheet, Optional.of(found), InputForm.of(found), Map.of(), HttpStatus.OK);
  }

  @PostMapping("/{field}/change")
  ModelAndView change(
      @PathVariable UUID id,
      @PathVariable UUID field,
      @CurrentStaff StaffMember clerk,
      @ModelAttribute InputForm typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var sheet = InputScreens.draft(inputs.of(new ContractId(id)));
    var found = sheet.find(field).orElseThrow(() -> new NotFound("field " + field));
    return put(sheet, Optional.of(found), typed, clerk, request, flash);
  }

  private ModelAndView put(
      InputSheet sheet,
      Optional<InputField> instead,
      InputForm typed,
      StaffMember clerk,
      HttpServletRequest request,
      RedirectAttributes flash) {
    if (sheet.contract().parties().isEmpty()) {
      return new ModelAndView("redirect:/contracts/" + sheet.contract().id() + "/parties");
    }
    var reader = new FormReader();
    if (instead.isEmpty() && sheet.fields().size() >= InputField.MOST) {
      reader.reject("label", "input.wrong.most", String.valueOf(InputField.MOST));
    }
    var field =
        typed.read(
            instead.map(InputField::id).orElseGet(UUID::randomUUID),
            instead.map(InputField::ordinal).orElseGet(() -> next(sheet)),
            sheet.contract(),
            reader);
    field
        .filter(_ -> reader.wrong().isEmpty())
        .flatMap(
            each -> inputs.put(sheet.contract().id(), each, InputScreens.by(clerk, sheet, request)))
        .ifPresent(why ->
            reader.reject(
                why instanceof Misplaced.NoSuchPage ? "page" : "left",
                why.words().key(),
                why.words().values().toArray(String[]::new)));
    if (!reader.wrong().isEmpty()) {
      return form(sheet, instead, typed, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    flash.addFlashAttribute("done", "input.done.put");
    return new ModelAndView("redirect:/contracts/" + sheet.contract().id() + "/fields");
  }

  private static int next(InputSheet sheet) {
    return sheet.fields().stream().mapToInt(InputField::ordinal).max().orElse(-1) + 1;
  }

  private ModelAndView form(
      InputSheet sheet,
      Optional<InputField> instead,
      InputForm typed,
      Map<String, Text> wrong,
      HttpStatus status) {
    var path = "/contracts/" + sheet.contract().id() + "/fields";
    var here = path + instead.map(field -> "/" + field.id() + "/change").orElse("");
    var heading = instead.isPresent() ? "input.change" : "input.new";
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of(heading),
                    InputScreens.crumbs(
                        book,
                        sheet,
                        List.of(book.crumb(heading, instead.isPresent() ? here : path + "/new"))),
                    here,
                    typed.fields(sheet.contract(), wrong, book),
                    "input.submit",
                    path)
                .led(Text.of("input.new.lead")));
    page.setStatus(status);
    return page;
  }
}
