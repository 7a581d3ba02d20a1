package jp.musubi.input;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 団体の記入: what the clerk fills in for the body. */
@Controller
@Needs(Act.HANDLE_CONTRACT)
@RequestMapping("/contracts/{id}/fields/values")
class InputValuesController {
  private final Inputs inputs;
  private final Book book;

  InputValuesController(Inputs inputs, Book book) {
    this.inputs = inputs;
    this.book = book;
  }

  @GetMapping
  ModelAndView begin(@PathVariable UUID id) {
    return form(InputScreens.draft(inputs.of(new ContractId(id))), null, Map.of(), HttpStatus.OK);
  }

  @PostMapping
  ModelAndView fill(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @RequestParam Map<String, String> typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var sheet = InputScreens.draft(inputs.of(new ContractId(id)));
    var fields = sheet.of(InputField.BODY);
    var reader = new FormReader();
    var values = read(inputs, sheet, fields, typed, reader);
    if (!reader.wrong().isEmpty()) {
      return form(sheet, typed, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    inputs.fill(
        sheet.contract().id(), fields, values, InputScreens.by(clerk, sheet, request), () -> {});
    flash.addFlashAttribute("done", "input.done.filled");
    return new ModelAndView("redirect:/contracts/" + id + "/fields");
  }

  /** What was typed, as it is kept; what cannot stand in its box is wrong as well. */
  static Map<UUID, String> read(
      Inputs inputs,
      InputSheet sheet,
      List<InputField> fields,
      Map<String, String> typed,
      FormReader reader) {
    var values = new HashMap<UUID, String>();
    for (var field : fields) {
      var text = InputReading.read(field, typed.get(field.input()), reader);
      if (!text.isEmpty()) {
        values.put(field.id(), text);
      }
    }
    if (reader.wrong().isEmpty()) {
      inputs
          .misfits(sheet, fields, values)
          .forEach((id, why) ->
              reader.reject("v-" + id, why.key(), why.values().toArray(String[]::new)));
    }
    return values;
  }

  private ModelAndView form(
      InputSheet sheet,
      @Nullable Map<String, String> typed,
      Map<String, Text> wrong,
      HttpStatus status) {
    var path = "/contracts/" + sheet.contract().id() + "/fields";
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("input.values"),
                    InputScreens.crumbs(
                        book, sheet, List.of(book.crumb("input.values", path + "/values"))),
                    path + "/values",
                    InputScreens.asked(sheet, sheet.of(InputField.BODY), typed, wrong, book),
                    "input.values.submit",
                    path)
                .led(Text.of("input.values.lead")));
    page.setStatus(status);
    return page;
  }
}
