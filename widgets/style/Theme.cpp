#include "widgets/style/Theme.h"

#include "widgets/style/DataFont.h"
#include "widgets/style/ThemeSwitch.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QFontInfo>
#include <QHash>
#include <QPointer>
#include <QRegularExpression>
#include <QSettings>
#include <QStandardPaths>
#include <QStyle>
#include <QStyleFactory>
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
#include <QStyleHints>
#endif

#include <optional>

// Q_INIT_RESOURCE must stand outside any namespace.
static void initThemeResources()
{
    Q_INIT_RESOURCE(sockeye);
}

namespace sockeye::theme {

namespace {

constexpr QColor rgb(QRgb value)
{
    return QColor(qRed(value), qGreen(value), qBlue(value));
}

const ThemeColors &lightColors()
{
    static const ThemeColors colors{
        .window = rgb(0xF4F5F7),
        .base = rgb(0xFFFFFF),
        .alternateRow = rgb(0xF9FAFB),
        .line = rgb(0xDFE2E8),
        .text = rgb(0x1D2129),
        .dimText = rgb(0x5B6577),
        .selectedRow = rgb(0xE3EDF9),
        .accent = rgb(0xBF3B20),
        .accentHover = rgb(0xA8321A),
        .accentText = rgb(0xFFFFFF),
        .received = rgb(0x0B7285),
        .sent = rgb(0x9A5007),
        .control = rgb(0x6A52CB),
        .error = rgb(0xC4242C),
        .ok = rgb(0x18732F),
        .warning = rgb(0x855A00),
        .hover = rgb(0xECEEF2),
        .pressed = rgb(0xDFE2E8),
        .fields = {rgb(0xD8F0F3), rgb(0xFDECD3), rgb(0xE9E4FB), rgb(0xDDF4E1)},
        .controlByte = rgb(0x6A52CB),
        .highByte = rgb(0x9A5007),
        .selectedText = rgb(0xBBD6F5),
        .match = rgb(0xFBE6A2),
        .matchMark = rgb(0xB08600),
        .tints = {rgb(0xFCEBEA), rgb(0xFCEFE0), rgb(0xF9F4D5), rgb(0xE5F4E8), rgb(0xE3F1F5), rgb(0xF0EBFB)},
        .tintBars = {rgb(0xD35A52), rgb(0xD07F2C), rgb(0xA99212), rgb(0x3E9556), rgb(0x2F8FA8), rgb(0x8468CE)},
    };
    return colors;
}

const ThemeColors &darkColors()
{
    static const ThemeColors colors{
        .window = rgb(0x1C1D22),
        .base = rgb(0x16171B),
        .alternateRow = rgb(0x1A1B20),
        .line = rgb(0x2F3138),
        .text = rgb(0xE4E6EB),
        .dimText = rgb(0x98A0AD),
        .selectedRow = rgb(0x253347),
        .accent = rgb(0xFF7A59),
        .accentHover = rgb(0xFF9072),
        .accentText = rgb(0x1C1D22),
        .received = rgb(0x4FC3D9),
        .sent = rgb(0xF0A45B),
        .control = rgb(0xA99BF5),
        .error = rgb(0xFF7070),
        .ok = rgb(0x4CC38A),
        .warning = rgb(0xE8BE55),
        .hover = rgb(0x26282F),
        .pressed = rgb(0x2F3138),
        .fields = {rgb(0x173A41), rgb(0x40301A), rgb(0x2E2850), rgb(0x1B3826)},
        .controlByte = rgb(0xA99BF5),
        .highByte = rgb(0xF0A45B),
        .selectedText = rgb(0x35507A),
        .match = rgb(0x403409),
        .matchMark = rgb(0xD9B43C),
        .tints = {rgb(0x331E20), rgb(0x34261A), rgb(0x2F2B18), rgb(0x1A2D20), rgb(0x182B31), rgb(0x272137)},
        .tintBars = {rgb(0xE07A72), rgb(0xDD9A55), rgb(0xC4AF43), rgb(0x5DB377), rgb(0x52B0C6), rgb(0xA18BE6)},
    };
    return colors;
}

QColor disabledText(const ThemeColors &colors)
{
    return theme::mixed(colors.dimText, colors.window, 0.4);
}

QPalette paletteOf(const ThemeColors &colors)
{
    QPalette palette;
    palette.setColor(QPalette::Window, colors.window);
    palette.setColor(QPalette::WindowText, colors.text);
    palette.setColor(QPalette::Base, colors.base);
    palette.setColor(QPalette::AlternateBase, colors.alternateRow);
    palette.setColor(QPalette::Text, colors.text);
    palette.setColor(QPalette::Button, colors.base);
    palette.setColor(QPalette::ButtonText, colors.text);
    palette.setColor(QPalette::BrightText, colors.accentText);
    palette.setColor(QPalette::ToolTipBase, colors.base);
    palette.setColor(QPalette::ToolTipText, colors.text);
    palette.setColor(QPalette::PlaceholderText, colors.dimText);
    palette.setColor(QPalette::Link, colors.received);
    palette.setColor(QPalette::LinkVisited, colors.control);
    palette.setColor(QPalette::Highlight, colors.selectedText);
    palette.setColor(QPalette::HighlightedText, colors.text);
#if QT_VERSION >= QT_VERSION_CHECK(6, 6, 0)
    palette.setColor(QPalette::Accent, colors.accent);
#endif
    palette.setColor(QPalette::Light, colors.base);
    palette.setColor(QPalette::Midlight, mixed(colors.base, colors.line, 0.5));
    palette.setColor(QPalette::Mid, colors.line);
    palette.setColor(QPalette::Dark, mixed(colors.line, colors.dimText, 0.4));
    palette.setColor(QPalette::Shadow, mixed(colors.window, QColor(Qt::black), 0.6));

    const QColor disabled = disabledText(colors);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText,
                            QPalette::PlaceholderText, QPalette::Link, QPalette::LinkVisited})
        palette.setColor(QPalette::Disabled, role, disabled);
    palette.setColor(QPalette::Disabled, QPalette::Base, colors.window);
    palette.setColor(QPalette::Disabled, QPalette::Button, colors.window);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, colors.line);
    return palette;
}

/// Font sizes of the style sheet follow the system's: 90 % of it for what is secondary.
QString smallFontSize(const QFont &font)
{
    return font.pointSizeF() > 0 ? QStringLiteral("%1pt").arg(font.pointSizeF() * 0.9, 0, 'f', 1)
                                 : QStringLiteral("%1px").arg(qRound(font.pixelSize() * 0.9));
}

QHash<QString, QString> styleValues(const ThemeColors &colors, bool dark, const QFont &font)
{
    return {
        {QStringLiteral("window"), colors.window.name()},
        {QStringLiteral("base"), colors.base.name()},
        {QStringLiteral("alternateRow"), colors.alternateRow.name()},
        {QStringLiteral("line"), colors.line.name()},
        {QStringLiteral("text"), colors.text.name()},
        {QStringLiteral("dimText"), colors.dimText.name()},
        {QStringLiteral("disabledText"), disabledText(colors).name()},
        {QStringLiteral("selectedRow"), colors.selectedRow.name()},
        {QStringLiteral("selectedText"), colors.selectedText.name()},
        {QStringLiteral("accent"), colors.accent.name()},
        {QStringLiteral("accentHover"), colors.accentHover.name()},
        {QStringLiteral("accentPressed"), mixed(colors.accentHover, QColor(Qt::black), 0.12).name()},
        {QStringLiteral("accentFaded"), mixed(colors.accent, colors.window, 0.6).name()},
        {QStringLiteral("accentText"), colors.accentText.name()},
        {QStringLiteral("focus"), mixed(colors.accent, colors.line, 0.35).name()},
        {QStringLiteral("error"), colors.error.name()},
        {QStringLiteral("errorSurface"), mixed(colors.base, colors.error, 0.1).name()},
        {QStringLiteral("errorLine"), mixed(colors.base, colors.error, 0.4).name()},
        {QStringLiteral("sent"), colors.sent.name()},
        {QStringLiteral("warning"), colors.warning.name()},
        {QStringLiteral("warningSurface"), mixed(colors.base, colors.warning, 0.1).name()},
        {QStringLiteral("warningLine"), mixed(colors.base, colors.warning, 0.4).name()},
        {QStringLiteral("ok"), colors.ok.name()},
        {QStringLiteral("hover"), colors.hover.name()},
        {QStringLiteral("pressed"), colors.pressed.name()},
        {QStringLiteral("handle"), mixed(colors.line, colors.dimText, 0.25).name()},
        {QStringLiteral("handleHover"), mixed(colors.line, colors.dimText, 0.6).name()},
        {QStringLiteral("smallFont"), smallFontSize(font)},
        {QStringLiteral("glyphs"),
         dark ? QStringLiteral(":/sockeye/style/dark") : QStringLiteral(":/sockeye/style/light")},
    };
}

/// resources/style/sockeye.qss with each $name replaced.
QString styleSheet(const ThemeColors &colors, bool dark, const QFont &font)
{
    initThemeResources();
    QFile file(QStringLiteral(":/sockeye/style/sockeye.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString sheet = QString::fromUtf8(file.readAll());
    const QHash<QString, QString> values = styleValues(colors, dark, font);
    static const QRegularExpression name(QStringLiteral("\\$([A-Za-z]+)"));
    QString result;
    qsizetype done = 0;
    for (auto match = name.globalMatch(sheet); match.hasNext();) {
        const auto found = match.next();
        result += QStringView(sheet).sliced(done, found.capturedStart() - done);
        Q_ASSERT_X(values.contains(found.captured(1)), "styleSheet", qPrintable(found.captured(1)));
        result += values.value(found.captured(1));
        done = found.capturedEnd();
    }
    result += QStringView(sheet).sliced(done);
    return result;
}

/// What the desktop asked for, before this program put its own palette on.
class SystemScheme final
{
public:
    explicit SystemScheme(const QApplication &app)
        : m_platformIsDark(app.palette().color(QPalette::Window).lightness() < 128)
    {
    }

    [[nodiscard]] bool dark() const
    {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
        const auto scheme = QGuiApplication::styleHints()->colorScheme();
        if (scheme != Qt::ColorScheme::Unknown)
            return scheme == Qt::ColorScheme::Dark;
#endif
        return m_platformIsDark || gtkIsDark();
    }

private:
    /// GNOME's choice does not reach Qt 6.4's palette, but GTK's own settings tell it.
    [[nodiscard]] static bool gtkIsDark()
    {
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
        const auto namesDark = [](const QString &name) {
            return name.contains(QStringLiteral("dark"), Qt::CaseInsensitive);
        };
        const QString fromEnvironment = qEnvironmentVariable("GTK_THEME");
        if (!fromEnvironment.isEmpty())
            return namesDark(fromEnvironment);
        const QString path =
            QStandardPaths::locate(QStandardPaths::GenericConfigLocation, QStringLiteral("gtk-3.0/settings.ini"));
        if (path.isEmpty())
            return false;
        const QSettings settings(path, QSettings::IniFormat);
        const QString prefers = settings.value(QStringLiteral("Settings/gtk-application-prefer-dark-theme")).toString();
        return prefers == QStringLiteral("1") || prefers == QStringLiteral("true") ||
               namesDark(settings.value(QStringLiteral("Settings/gtk-theme-name")).toString());
#else
        return false;
#endif
    }

    bool m_platformIsDark;
};

Scheme &chosenScheme()
{
    static Scheme scheme = Scheme::System;
    return scheme;
}

void applyColors(QApplication &app, bool dark)
{
    // The program's, of which it becomes a child.
    static QPointer<ThemeSwitch> themes;
    if (!themes)
        themes = new ThemeSwitch(app);
    const ThemeColors &colors = dark ? darkColors() : lightColors();
    // Under a style sheet, fonts reach widgets when these are looked at anew.
    static QFont appliedFont;
    const QFont font = QApplication::font();
    const QString sheet = styleSheet(colors, dark, font);
    if (sheet != app.styleSheet() || font != appliedFont)
        themes->apply(paletteOf(colors), sheet);
    appliedFont = font;
}

/// Prepares the program the first time; later calls only return what the desktop wants.
const SystemScheme &prepare(QApplication &app)
{
    static std::optional<SystemScheme> system;
    if (!system) {
        system.emplace(app);
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
        QObject::connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, &app, [&app] {
            if (chosenScheme() == Scheme::System)
                applyColors(app, system->dark());
        });
#endif
    }
    return *system;
}

} // namespace

void apply(QApplication &app, Scheme scheme)
{
    const SystemScheme &system = prepare(app);
    chosenScheme() = scheme;
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    // Window frames and native dialogs follow too.
    QGuiApplication::styleHints()->setColorScheme(scheme == Scheme::System ? Qt::ColorScheme::Unknown
                                                  : scheme == Scheme::Dark ? Qt::ColorScheme::Dark
                                                                           : Qt::ColorScheme::Light);
#endif
    applyColors(app, scheme == Scheme::System ? system.dark() : scheme == Scheme::Dark);
}

bool isDark(const QPalette &palette)
{
    // The style sheet puts its backgrounds into a widget's palette, transparent ones as black; it leaves this role
    // alone.
    return palette.color(QPalette::Active, QPalette::Mid).lightness() < 128;
}

const ThemeColors &colors(const QPalette &palette)
{
    return isDark(palette) ? darkColors() : lightColors();
}

QColor entryColor(const ThemeColors &colors, Direction direction, EntryKind kind, EventKind event, Severity severity)
{
    if (severity == Severity::Error)
        return colors.error;
    if (severity == Severity::Warning)
        return colors.warning;
    // An end that somebody chose.
    if (event == EventKind::Closed)
        return colors.dimText;
    switch (kind) {
    case EntryKind::Close:
    case EntryKind::Ping:
    case EntryKind::Pong:
    case EntryKind::Event:
        return colors.control;
    case EntryKind::Text:
    case EntryKind::Binary:
    case EntryKind::Raw:
        break;
    }
    switch (direction) {
    case Direction::In:
        return colors.received;
    case Direction::Out:
        return colors.sent;
    case Direction::None:
        break;
    }
    return colors.text;
}

QString tintName(int colour)
{
    static constexpr std::array names{QT_TRANSLATE_NOOP("Theme", "Red"),    QT_TRANSLATE_NOOP("Theme", "Orange"),
                                      QT_TRANSLATE_NOOP("Theme", "Yellow"), QT_TRANSLATE_NOOP("Theme", "Green"),
                                      QT_TRANSLATE_NOOP("Theme", "Blue"),   QT_TRANSLATE_NOOP("Theme", "Purple")};
    if (colour < 1 || colour > int(names.size()))
        return {};
    return QCoreApplication::translate("Theme", names.at(static_cast<size_t>(colour - 1)));
}

QColor mixed(const QColor &from, const QColor &to, double share)
{
    const auto channel = [share](int x, int y) { return qRound(x + (y - x) * share); };
    return QColor(channel(from.red(), to.red()), channel(from.green(), to.green()), channel(from.blue(), to.blue()));
}

QFont dataFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    const QFont interfaceFont = QApplication::font();
    if (interfaceFont.pointSizeF() > 0)
        font.setPointSizeF(interfaceFont.pointSizeF());
    else
        font.setPixelSize(interfaceFont.pixelSize());
    if (const QString family = dataFamily(); !family.isEmpty())
        font.setFamily(family);
    font.setStyleHint(QFont::Monospace);
    font.setFixedPitch(true);
    return font;
}

} // namespace sockeye::theme
