#include "widgets/log/LogActions.h"

#include "widgets/log/LogCommands.h"

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

using Menu = ActionMenu;
using Step = LogModel::Step;
using L = LogCommands;

constexpr auto Ctrl = Qt::CTRL;
constexpr auto Shift = Qt::SHIFT;
constexpr auto Alt = Qt::ALT;
/// Other parts of the window use these keys otherwise.
constexpr auto InLog = Qt::WidgetWithChildrenShortcut;

} // namespace

LogActions::LogActions(CurrentLog current)
    : m_current(std::move(current))
{
}

QList<ActionSpec> LogActions::all() const
{
    return bookmark() + colours() + notes() + copies() + steps() + view() + densities() + sending();
}

QList<ActionSpec> LogActions::bookmark() const
{
    return {{.id = u"bookmarkEntry"_s,
             .menu = Menu::Edit,
             .text = tr("&Bookmark"),
             .toolTip = tr("Bookmark the selected entries, or remove their bookmarks"),
             .keys = {Ctrl | Qt::Key_F2},
             .run = run(&L::toggleBookmark),
             .canRun = hasCapture(),
             .startsSection = true}};
}

QList<ActionSpec> LogActions::colours() const
{
    const auto colour = [this](const QString &id, const QString &text, Command command) {
        return ActionSpec{.id = id,
                          .menu = Menu::Colour,
                          .text = text,
                          .toolTip = tr("Colour the selected entries"),
                          .run = run(command),
                          .canRun = hasCapture()};
    };
    ActionSpec none = colour(u"colourNone"_s, tr("&None"), &L::colour<0>);
    none.toolTip = tr("Take the colour of the selected entries away");
    return {none,
            colour(u"colourRed"_s, tr("&Red"), &L::colour<1>),
            colour(u"colourOrange"_s, tr("&Orange"), &L::colour<2>),
            colour(u"colourYellow"_s, tr("&Yellow"), &L::colour<3>),
            colour(u"colourGreen"_s, tr("&Green"), &L::colour<4>),
            colour(u"colourBlue"_s, tr("&Blue"), &L::colour<5>),
            colour(u"colourPurple"_s, tr("&Purple"), &L::colour<6>)};
}

QList<ActionSpec> LogActions::notes() const
{
    return {{.id = u"editNote"_s,
             .menu = Menu::Edit,
             .text = tr("&Note…"),
             .toolTip = tr("Write what is worth knowing about the selected entries"),
             .keys = {Ctrl | Shift | Qt::Key_N},
             .run = run(&L::editNote),
             .canRun = hasCapture()}};
}

QList<ActionSpec> LogActions::copies() const
{
    const auto copy = [this](const QString &id, const QString &text, const QString &toolTip, Command command) {
        return ActionSpec{.id = id,
                          .menu = Menu::CopyAs,
                          .text = text,
                          .toolTip = toolTip,
                          .run = run(command),
                          .canRun = hasCapture()};
    };
    ActionSpec rows = copy(u"copyRows"_s, tr("&Rows"), tr("The columns, with tabs between them"), &L::copyRows);
    rows.icon = u"copy"_s;
    return {rows, copy(u"copyText"_s, tr("&Text"), tr("The payloads as text, a line each"), &L::copyText),
            copy(u"copyHex"_s, tr("&Hex"), tr("The payloads as hex digits, a line each"), &L::copyHex),
            copy(u"copyJsonLines"_s, tr("&JSON Lines"), tr("As they are exported"), &L::copyJsonLines),
            copy(u"copyMarkdown"_s, tr("&Markdown table"), tr("For a ticket or a page"), &L::copyMarkdown)};
}

QList<ActionSpec> LogActions::steps() const
{
    return {{.id = u"nextSameDirection"_s,
             .menu = Menu::Go,
             .text = tr("Next of the same &direction"),
             .toolTip = tr("Go to the next entry of the same direction"),
             .keys = {Alt | Qt::Key_Down},
             .run = run(&L::step<Step::SameDirection, true>),
             .canRun = hasCapture(),
             .keyContext = InLog,
             .startsSection = true},
            {.id = u"previousSameDirection"_s,
             .menu = Menu::Go,
             .text = tr("Previous of the same di&rection"),
             .toolTip = tr("Go to the previous entry of the same direction"),
             .keys = {Alt | Qt::Key_Up},
             .run = run(&L::step<Step::SameDirection, false>),
             .canRun = hasCapture(),
             .keyContext = InLog},
            {.id = u"goToPartner"_s,
             .menu = Menu::Go,
             .text = tr("Request or &answer"),
             .toolTip = tr("Go from a request to its answer, and from an answer to its request"),
             .keys = {Ctrl | Qt::Key_J},
             .run = run(&L::goToPartner),
             .canRun = hasCapture(),
             .startsSection = true},
            {.id = u"nextFinding"_s,
             .menu = Menu::Go,
             .text = tr("Next &finding"),
             .toolTip = tr("Go to the next entry with a finding"),
             .keys = {Qt::Key_F8},
             .run = run(&L::step<Step::Finding, true>),
             .canRun = hasCapture(),
             .startsSection = true},
            {.id = u"previousFinding"_s,
             .menu = Menu::Go,
             .text = tr("Previous f&inding"),
             .toolTip = tr("Go to the previous entry with a finding"),
             .keys = {Shift | Qt::Key_F8},
             .run = run(&L::step<Step::Finding, false>),
             .canRun = hasCapture()},
            {.id = u"nextBookmark"_s,
             .menu = Menu::Go,
             .text = tr("Next &bookmark"),
             .toolTip = tr("Go to the next bookmarked entry"),
             .keys = {Qt::Key_F2},
             .run = run(&L::step<Step::Bookmark, true>),
             .canRun = hasCapture(),
             .keyContext = InLog,
             .startsSection = true},
            {.id = u"previousBookmark"_s,
             .menu = Menu::Go,
             .text = tr("Previous b&ookmark"),
             .toolTip = tr("Go to the previous bookmarked entry"),
             .keys = {Shift | Qt::Key_F2},
             .run = run(&L::step<Step::Bookmark, false>),
             .canRun = hasCapture(),
             .keyContext = InLog},
            {.id = u"nextConnection"_s,
             .menu = Menu::Go,
             .text = tr("Next &connection"),
             .toolTip = tr("Go to the next entry of another connection"),
             .keys = {Qt::Key_F7},
             .run = run(&L::step<Step::Connection, true>),
             .canRun = hasCapture(),
             .startsSection = true},
            {.id = u"previousConnection"_s,
             .menu = Menu::Go,
             .text = tr("Previous co&nnection"),
             .toolTip = tr("Go to the previous entry of another connection"),
             .keys = {Shift | Qt::Key_F7},
             .run = run(&L::step<Step::Connection, false>),
             .canRun = hasCapture()}};
}

QList<ActionSpec> LogActions::view() const
{
    return {{.id = u"zoomIn"_s,
             .menu = Menu::View,
             .text = tr("&Zoom in"),
             .toolTip = tr("Larger text in the log (Ctrl and the wheel)"),
             .keys = {Ctrl | Qt::Key_Plus, Ctrl | Qt::Key_Equal},
             .run = run(&L::zoomIn),
             .canRun = hasLog(),
             .startsSection = true},
            {.id = u"zoomOut"_s,
             .menu = Menu::View,
             .text = tr("Zoom &out"),
             .toolTip = tr("Smaller text in the log"),
             .keys = {Ctrl | Qt::Key_Minus},
             .run = run(&L::zoomOut),
             .canRun = hasLog()},
            {.id = u"resetZoom"_s,
             .menu = Menu::View,
             .text = tr("Norm&al size"),
             .toolTip = tr("The log's text as large as the rest"),
             .keys = {Ctrl | Qt::Key_0},
             .run = run(&L::resetZoom),
             .canRun = hasLog()},
            {.id = u"chooseColumns"_s,
             .menu = Menu::View,
             .text = tr("Column&s of the log…"),
             .toolTip = tr("Choose columns, and how times are shown"),
             .run = run(&L::chooseColumns),
             .canRun = hasCapture()},
            {.id = u"rawPreview"_s,
             .menu = Menu::View,
             .text = tr("Raw previe&ws"),
             .toolTip = tr("Show JSON in the log as it was sent, not its members lined up"),
             .run = run(&L::toggleRawPreview),
             .canRun = hasCapture(),
             .isChecked = [current = m_current] { return current() && current()->hasRawPreview(); }},
            {.id = u"dimUnchanged"_s,
             .menu = Menu::View,
             .text = tr("&Dim what did not change"),
             .toolTip = tr("Dim the values in the log that the message before of the same connection, direction and "
                           "members had, too"),
             .run = run(&L::toggleDimsSame),
             .canRun = [current = m_current] { return current() && current()->canDimSame(); },
             .isChecked = [current = m_current] { return current() && current()->dimsSame(); }},
            {.id = u"measureFromHere"_s,
             .menu = Menu::View,
             .text = tr("Measur&e time from the selected entry"),
             .toolTip = tr("The delta column counts from this entry"),
             .run = run(&L::measureFromHere),
             .canRun = hasCapture()}};
}

QList<ActionSpec> LogActions::densities() const
{
    const auto choice = [this](const QString &id, LogDensity density, Command command, const QString &text,
                               const QString &toolTip) {
        return ActionSpec{
            .id = id,
            .menu = Menu::View,
            .text = text,
            .toolTip = toolTip,
            .run = run(command),
            .canRun = hasCapture(),
            .isChecked = [current = m_current, density] { return current() && current()->density() == density; },
            .startsSection = density == LogDensity::Automatic};
    };
    return {choice(u"rowsAutomatic"_s, LogDensity::Automatic, &L::choose<LogDensity::Automatic>,
                   tr("Rows as they &fit"), tr("Compact rows in a small window, comfortable ones in a large one")),
            choice(u"rowsCompact"_s, LogDensity::Compact, &L::choose<LogDensity::Compact>, tr("Compact rows"),
                   tr("As many rows of the log in sight as possible")),
            choice(u"rowsComfortable"_s, LogDensity::Comfortable, &L::choose<LogDensity::Comfortable>,
                   tr("Comfortable rows"), tr("Rows of the log with space between them"))};
}

QList<ActionSpec> LogActions::sending() const
{
    return {{.id = u"sendAgain"_s,
             .menu = Menu::Connection,
             .text = tr("Send selected entries a&gain"),
             .toolTip = tr("Send what is selected in the log once more, byte for byte"),
             .icon = u"send"_s,
             .run = run(&L::sendAgain),
             .canRun = canSend()}};
}

std::function<void()> LogActions::run(Command command) const
{
    return [current = m_current, command] {
        if (LogCommands *commands = current())
            (commands->*command)();
    };
}

std::function<bool()> LogActions::hasLog() const
{
    return [current = m_current] { return current() != nullptr; };
}

std::function<bool()> LogActions::hasCapture() const
{
    return [current = m_current] {
        const LogCommands *commands = current();
        // Every capture that is shown has annotations, and nothing else has.
        return commands && commands->annotations();
    };
}

std::function<bool()> LogActions::canSend() const
{
    return [current = m_current] {
        const LogCommands *commands = current();
        return commands && commands->canSend();
    };
}

} // namespace sockeye
