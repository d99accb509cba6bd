#include "support/TestProgram.h"
#include "widgets/controls/IconButton.h"
#include "widgets/controls/StyleRole.h"
#include "widgets/style/Icons.h"
#include "widgets/style/StateSign.h"
#include "widgets/style/Theme.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QLabel>
#include <QMainWindow>
#include <QPushButton>
#include <QRegularExpression>
#include <QStackedWidget>
#include <QStyle>
#include <QTest>
#include <QVBoxLayout>

using namespace sockeye;
using theme::Scheme;

namespace {

/// Relative luminance as WCAG 2 defines it, and the contrast of two colours by it.
double luminance(const QColor &color)
{
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const auto [dark, light] = std::minmax({luminance(a), luminance(b)});
    return (light + 0.05) / (dark + 0.05);
}

/// A window with two pages of buttons, both of which have been shown; the first one is.
struct Pages
{
    static constexpr int Buttons = 20;

    Pages()
    {
        for (QWidget *page : {first, second}) {
            auto *layout = new QVBoxLayout(page);
            for (int i = 0; i < Buttons; ++i)
                layout->addWidget(new QPushButton(page));
            stack->addWidget(page);
        }
        window.setCentralWidget(stack);
        window.show();
        stack->setCurrentWidget(second);
        stack->setCurrentWidget(first);
    }

    [[nodiscard]] static QColor colorOf(QWidget *page)
    {
        const QImage image = page->findChild<QPushButton *>()->grab().toImage();
        return image.pixelColor(image.rect().center());
    }

    QMainWindow window;
    QStackedWidget *stack = new QStackedWidget;
    QWidget *first = new QWidget;
    QWidget *second = new QWidget;
};

/// Counts what the buttons of a page are told.
class Changes final : public QObject
{
public:
    explicit Changes(QWidget *page)
    {
        for (QPushButton *button : page->findChildren<QPushButton *>())
            button->installEventFilter(this);
    }

    void clear() { m_styles = m_palettes = 0; }
    [[nodiscard]] int styles() const { return m_styles; }
    [[nodiscard]] int palettes() const { return m_palettes; }

    bool eventFilter(QObject *, QEvent *event) override
    {
        m_styles += event->type() == QEvent::StyleChange ? 1 : 0;
        m_palettes += event->type() == QEvent::PaletteChange ? 1 : 0;
        return false;
    }

private:
    int m_styles = 0;
    int m_palettes = 0;
};

} // namespace

class TestTheme final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { theme::apply(*qApp, Scheme::Light); }

    void paletteFollowsTheScheme();
    void switchesBackAndForth();
    void whatIsSeenIsToldOnce();
    void whatIsHiddenIsToldWhenItIsShown();
    void whatWasHiddenHasTheLatestTheme();
    void rolesThatChangedWhileHiddenKeepNoColor();
    void systemIsLightOrDark();
    void styleSheetIsWhole();
    void textCanBeRead_data();
    void textCanBeRead();
    void primaryButtonIsAccent();
    void disabledIsDimmer();
    void entriesHaveTheirColors();
    void dataFontIsFixed();
    void everyIconDraws_data();
    void everyIconDraws();
    void unknownIconIsNull();
    void iconsAreCrispAtTwice();
    void dotHasItsColor();
    void everyStateHasItsColorAndItsShape();
    void iconButtonFollowsTheTheme();
};

void TestTheme::paletteFollowsTheScheme()
{
    theme::apply(*qApp, Scheme::Dark);
    QVERIFY(theme::isDark(qApp->palette()));
    QCOMPARE(qApp->palette().color(QPalette::Window), QColor(0x1C, 0x1D, 0x22));
    QCOMPARE(theme::colors(qApp->palette()).accent, QColor(0xFF, 0x7A, 0x59));
    theme::apply(*qApp, Scheme::Light);
    QVERIFY(!theme::isDark(qApp->palette()));
    QCOMPARE(qApp->palette().color(QPalette::Window), QColor(0xF4, 0xF5, 0xF7));
    QCOMPARE(theme::colors(qApp->palette()).accent, QColor(0xBF, 0x3B, 0x20));
}

void TestTheme::switchesBackAndForth()
{
    QWidget window;
    QPushButton button(&window);
    window.show();
    for (const Scheme scheme : {Scheme::Dark, Scheme::Light, Scheme::Dark}) {
        theme::apply(*qApp, scheme);
        QCOMPARE(theme::isDark(button.palette()), scheme == Scheme::Dark);
        QCOMPARE(theme::isDark(window.palette()), scheme == Scheme::Dark);
    }
}

void TestTheme::whatIsSeenIsToldOnce()
{
    Pages pages;
    Changes seen(pages.first);
    for (const Scheme scheme : {Scheme::Dark, Scheme::Light}) {
        seen.clear();
        theme::apply(*qApp, scheme);
        QCOMPARE(seen.styles(), Pages::Buttons);
        QCOMPARE(seen.palettes(), Pages::Buttons);
        QCOMPARE(Pages::colorOf(pages.first), theme::colors(qApp->palette()).window);
    }
    // The same once more is no change.
    seen.clear();
    theme::apply(*qApp, Scheme::Light);
    QCOMPARE(seen.styles(), 0);
}

void TestTheme::whatIsHiddenIsToldWhenItIsShown()
{
    Pages pages;
    Changes hidden(pages.second);
    for (const Scheme scheme : {Scheme::Dark, Scheme::Light, Scheme::Dark})
        theme::apply(*qApp, scheme);
    QCOMPARE(hidden.styles(), 0);
    QCOMPARE(hidden.palettes(), 0);
    pages.stack->setCurrentWidget(pages.second);
    QCOMPARE(hidden.styles(), Pages::Buttons);
    QCOMPARE(hidden.palettes(), Pages::Buttons);
    QCOMPARE(Pages::colorOf(pages.second), QColor(0x1C, 0x1D, 0x22));
    pages.stack->setCurrentWidget(pages.first);
    pages.stack->setCurrentWidget(pages.second);
    QCOMPARE(hidden.styles(), Pages::Buttons);
}

void TestTheme::whatWasHiddenHasTheLatestTheme()
{
    Pages pages;
    theme::apply(*qApp, Scheme::Dark);
    pages.stack->setCurrentWidget(pages.second);
    theme::apply(*qApp, Scheme::Light);
    pages.stack->setCurrentWidget(pages.first);
    QCOMPARE(Pages::colorOf(pages.first), QColor(0xF4, 0xF5, 0xF7));
    QCOMPARE(Pages::colorOf(pages.second), QColor(0xF4, 0xF5, 0xF7));
    QVERIFY(!theme::isDark(pages.second->palette()));
}

/// The style sheet's colours of another theme are not taken for the widget's own.
void TestTheme::rolesThatChangedWhileHiddenKeepNoColor()
{
    Pages pages;
    auto *label = new QLabel(QStringLiteral("Text"), pages.second);
    label->setProperty("error", true);
    pages.stack->setCurrentWidget(pages.second);
    QCOMPARE(label->palette().color(QPalette::WindowText), theme::colors(qApp->palette()).error);
    pages.stack->setCurrentWidget(pages.first);
    theme::apply(*qApp, Scheme::Dark);
    setStyleRole(label, "error", false);
    pages.stack->setCurrentWidget(pages.second);
    QCOMPARE(label->palette().color(QPalette::WindowText), theme::colors(qApp->palette()).text);
    theme::apply(*qApp, Scheme::Light);
    QCOMPARE(label->palette().color(QPalette::WindowText), theme::colors(qApp->palette()).text);
    setStyleRole(label, "error", true);
    QCOMPARE(label->palette().color(QPalette::WindowText), theme::colors(qApp->palette()).error);
}

void TestTheme::systemIsLightOrDark()
{
#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0) && defined(Q_OS_LINUX)
    qputenv("GTK_THEME", "Adwaita:dark");
    theme::apply(*qApp, Scheme::System);
    QVERIFY(theme::isDark(qApp->palette()));
    qputenv("GTK_THEME", "Adwaita");
    theme::apply(*qApp, Scheme::System);
    QVERIFY(!theme::isDark(qApp->palette()));
    qunsetenv("GTK_THEME");
#else
    theme::apply(*qApp, Scheme::System);
    QCOMPARE(qApp->palette().color(QPalette::Window), theme::colors(qApp->palette()).window);
#endif
}

void TestTheme::styleSheetIsWhole()
{
    for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
        theme::apply(*qApp, scheme);
        const QString sheet = qApp->styleSheet();
        QVERIFY(sheet.size() > 1000);
        // Every name was filled in, and every picture it names is there.
        QVERIFY(!sheet.contains(u'$'));
        static const QRegularExpression url(QStringLiteral("url\\(([^)]+)\\)"));
        int pictures = 0;
        for (auto match = url.globalMatch(sheet); match.hasNext(); ++pictures) {
            const QString file = match.next().captured(1);
            QVERIFY2(QFile::exists(file), qPrintable(file));
        }
        QVERIFY(pictures > 5);
        QCOMPARE(sheet.count(u'{'), sheet.count(u'}'));
    }
}

void TestTheme::textCanBeRead_data()
{
    QTest::addColumn<Scheme>("scheme");
    QTest::newRow("light") << Scheme::Light;
    QTest::newRow("dark") << Scheme::Dark;
}

void TestTheme::textCanBeRead()
{
    QFETCH(Scheme, scheme);
    theme::apply(*qApp, scheme);
    const ThemeColors &colors = theme::colors(qApp->palette());
    for (const QColor &text : {colors.text, colors.received, colors.sent, colors.control, colors.error, colors.ok,
                               colors.warning, colors.dimText}) {
        for (const QColor &surface :
             {colors.base, colors.window, colors.alternateRow, colors.selectedRow, colors.match})
            QVERIFY2(contrast(text, surface) >= 4.5, qPrintable(text.name() + u' ' + surface.name()));
    }
    for (const QColor &surface : {colors.base, colors.window, colors.alternateRow, colors.selectedRow})
        QVERIFY2(contrast(colors.accent, surface) >= 4.5, qPrintable(surface.name()));
    for (const QColor &surface : {colors.base, colors.window, colors.alternateRow, colors.selectedRow, colors.fields.at(1)})
        QVERIFY2(contrast(colors.warning, surface) >= 4.5, qPrintable(surface.name()));
    for (const QColor &byte : {colors.controlByte, colors.highByte})
        QVERIFY2(contrast(byte, colors.base) >= 4.5, qPrintable(byte.name()));
    QVERIFY(contrast(colors.text, colors.selectedRow) >= 7);
    QVERIFY(contrast(colors.text, colors.selectedText) >= 5);
    QVERIFY(contrast(colors.accentText, colors.accent) >= 4.5);
    // A mark beside the log is seen, and known for what stands behind the text that was found.
    QVERIFY(contrast(colors.matchMark, colors.base) >= 3);
    QVERIFY(std::abs(colors.matchMark.hue() - colors.match.hue()) <= 10);
    for (const QColor &field : colors.fields)
        QVERIFY(contrast(colors.text, field) >= 7);
}

void TestTheme::primaryButtonIsAccent()
{
    QWidget window;
    QVBoxLayout layout(&window);
    QPushButton plain(QStringLiteral("Plain"));
    QPushButton primary(QStringLiteral("Send"));
    primary.setProperty("primary", true);
    layout.addWidget(&plain);
    layout.addWidget(&primary);
    window.show();
    plain.setFocus();
    const ThemeColors &colors = theme::colors(window.palette());
    const auto surface = [](QPushButton &button) { return button.grab().toImage().pixelColor(6, button.height() / 2); };
    QCOMPARE(surface(primary), colors.accent);
    QCOMPARE(surface(plain), colors.window);
    QVERIFY(primary.height() >= 28 && primary.height() <= 32);
}

void TestTheme::disabledIsDimmer()
{
    const QPalette palette = qApp->palette();
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        const QColor window = palette.color(QPalette::Window);
        QVERIFY(contrast(palette.color(QPalette::Disabled, role), window) <
                contrast(palette.color(QPalette::Active, role), window));
    }
}

void TestTheme::entriesHaveTheirColors()
{
    const ThemeColors &c = theme::colors(qApp->palette());
    using enum EntryKind;
    QCOMPARE(theme::entryColor(c, Direction::In, Text, EventKind::None, Severity::Note), c.received);
    QCOMPARE(theme::entryColor(c, Direction::Out, Binary, EventKind::None, Severity::Note), c.sent);
    QCOMPARE(theme::entryColor(c, Direction::In, Ping, EventKind::None, Severity::Note), c.control);
    QCOMPARE(theme::entryColor(c, Direction::None, Event, EventKind::Open, Severity::Note), c.control);
    QCOMPARE(theme::entryColor(c, Direction::None, Event, EventKind::Closed, Severity::Note), c.dimText);
    QCOMPARE(theme::entryColor(c, Direction::None, Event, EventKind::Broken, Severity::Warning), c.warning);
    QCOMPARE(theme::entryColor(c, Direction::None, Event, EventKind::Failed, Severity::Error), c.error);
    QCOMPARE(theme::entryColor(c, Direction::In, Text, EventKind::None, Severity::Error), c.error);
}

void TestTheme::dataFontIsFixed()
{
    const QFontMetrics metrics(theme::dataFont());
    QCOMPARE(metrics.horizontalAdvance(u'i'), metrics.horizontalAdvance(u'W'));
    QCOMPARE(theme::dataFont().pointSizeF(), QApplication::font().pointSizeF());
}

void TestTheme::everyIconDraws_data()
{
    QTest::addColumn<QString>("name");
    theme::apply(*qApp, Scheme::Light);
    for (const QString &file : QDir(QStringLiteral(":/sockeye/icons")).entryList())
        QTest::newRow(qPrintable(file)) << file.section(u'.', 0, 0);
    for (const char *name :
         {"plus",  "close",  "connect",   "disconnect", "send",    "filter",  "clear", "copy",   "save",
          "open",  "export", "follow",    "folder",     "profile", "warning", "info",  "search", "settings",
          "trash", "rename", "duplicate", "echo",       "server",  "capture", "file"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestTheme::everyIconDraws()
{
    QFETCH(QString, name);
    const QImage image = icons::get(name, qApp->palette()).pixmap(QSize(32, 32), 1.0).toImage();
    int drawn = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            drawn += image.pixelColor(x, y).alpha() > 128 ? 1 : 0;
    }
    QVERIFY2(drawn > 20, qPrintable(QString::number(drawn)));
}

void TestTheme::unknownIconIsNull()
{
    QVERIFY(icons::get(QStringLiteral("no such icon"), qApp->palette()).isNull());
    QVERIFY(!icons::application().isNull());
}

void TestTheme::iconsAreCrispAtTwice()
{
    const QPixmap twice = icons::get(QStringLiteral("plus"), qApp->palette()).pixmap(QSize(16, 16), 2.0);
    QCOMPARE(twice.size(), QSize(32, 32));
    QCOMPARE(twice.devicePixelRatio(), 2.0);
}

void TestTheme::dotHasItsColor()
{
    const QColor green(0x1A, 0x7F, 0x37);
    const QImage image = icons::dot(green).pixmap(QSize(16, 16), 1.0).toImage();
    QCOMPARE(image.pixelColor(8, 8), green);
    QCOMPARE(image.pixelColor(0, 0).alpha(), 0);
}

void TestTheme::everyStateHasItsColorAndItsShape()
{
    QList<QImage> shapes;
    for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
        theme::apply(*qApp, scheme);
        const ThemeColors &colors = theme::colors(qApp->palette());
        shapes.clear();
        for (const StateSign sign : {StateSign::Idle, StateSign::Busy, StateSign::Open, StateSign::Interrupted,
                                     StateSign::Failed}) {
            const QImage image = icons::state(sign, colors).pixmap(QSize(16, 16), 1.0).toImage();
            bool hasColor = false;
            const QColor wanted = theme::stateColor(sign, colors);
            for (int i = 0; i < 256; ++i) {
                // Where an edge is smoothed, what shines through leaves a little less of the colour.
                const QColor pixel = image.pixelColor(i % 16, i / 16);
                const int off = std::abs(pixel.red() - wanted.red()) + std::abs(pixel.green() - wanted.green()) +
                                std::abs(pixel.blue() - wanted.blue());
                hasColor = hasColor || (pixel.alpha() > 100 && off <= 6);
            }
            QVERIFY2(hasColor, qPrintable(QString::number(int(sign))));
            // Without its colour it differs from all others still.
            const QImage shape = image.convertToFormat(QImage::Format_Alpha8);
            QVERIFY(!shapes.contains(shape));
            shapes += shape;
        }
    }
    QCOMPARE(theme::severityColor(Severity::Note, theme::colors(qApp->palette())),
             theme::colors(qApp->palette()).dimText);
    QCOMPARE(endSign(Severity::Warning), StateSign::Interrupted);
    QCOMPARE(endSign(Severity::Error), StateSign::Failed);
}

void TestTheme::iconButtonFollowsTheTheme()
{
    IconButton button(QStringLiteral("server"), QStringLiteral("Server"));
    button.show();
    const auto strongest = [&button] {
        const QImage image = button.icon().pixmap(QSize(48, 48), 1.0).toImage();
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixelColor(x, y).alpha() == 255)
                    return image.pixelColor(x, y);
            }
        }
        return QColor();
    };
    QCOMPARE(button.accessibleName(), QStringLiteral("Server"));
    QCOMPARE(strongest(), theme::colors(button.palette()).text);
    theme::apply(*qApp, Scheme::Dark);
    QTRY_COMPARE(strongest(), theme::colors(qApp->palette()).text);
}

SOCKEYE_TEST(TestTheme, QApplication)
#include "tst_theme.moc"
