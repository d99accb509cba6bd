#include "widgets/payload/FormatButton.h"

#include "formats/Formats.h"
#include "widgets/controls/OutsideText.h"

#include <QActionGroup>
#include <QMenu>
#include <QSet>
#include <QStyleOptionToolButton>
#include <QStylePainter>

#include <algorithm>

namespace sockeye {

namespace {

/// Menus that formats stand in: there are too many for one.
enum class FormatGroup : quint8 { Encodings, Protocols, Packed };

FormatGroup groupOf(const Decoder &format)
{
    static const QSet<QString> packed{QStringLiteral("base64"), QStringLiteral("brotli"),     QStringLiteral("deflate"),
                                      QStringLiteral("gzip"),   QStringLiteral("hex"),        QStringLiteral("zlib"),
                                      QStringLiteral("zstd"),   QStringLiteral("zlib-stream")};
    static const QSet<QString> encodings{
        QStringLiteral("bson"),     QStringLiteral("cbor"), QStringLiteral("form"),
        QStringLiteral("image"),    QStringLiteral("json"), QStringLiteral("msgpack"),
        QStringLiteral("protobuf"), QStringLiteral("xml"),  QStringLiteral("grpc-web")};
    const QString id = format.id();
    if (packed.contains(id))
        return FormatGroup::Packed;
    return encodings.contains(id) || id.startsWith(QStringLiteral("records-")) ? FormatGroup::Encodings
                                                                               : FormatGroup::Protocols;
}

} // namespace

FormatButton::FormatButton(QWidget *parent)
    : QToolButton(parent)
{
    setPopupMode(QToolButton::InstantPopup);
    setAccessibleName(tr("Format of the message"));
    auto *menu = new QMenu(this);
    connect(menu, &QMenu::aboutToShow, this, &FormatButton::fillMenu);
    setMenu(menu);
    updateText();
}

void FormatButton::setShown(const Decoder *format, Certainty certainty, bool isRule)
{
    m_shown = format ? format->name() : QString();
    m_certainty = certainty;
    m_isRule = isRule;
    updateText();
}

void FormatButton::setChoice(const QString &id)
{
    m_choice = id;
    updateText();
}

void FormatButton::updateText()
{
    const bool isGuess = m_certainty == Certainty::Likely;
    const QString name = m_shown;
    const bool isShown = !name.isEmpty();
    setText(!isShown ? tr("No format") : isGuess ? name + u'?' : name);
    QString tip = tr("No format that is known fits this message; choose one to read it as");
    if (isShown && !m_choice.isEmpty())
        tip = tr("Read as %1, as you chose for messages of this direction").arg(name);
    else if (isShown && m_isRule)
        tip = tr("Read as %1, as a rule of this tab says").arg(name);
    else if (isShown)
        tip = isGuess ? tr("This looks like %1, which is a guess; choose another format here").arg(name)
                      : tr("This is %1; choose another format here").arg(name);
    setToolTip(tip);
}

/// The arrow stands beside the name, not on it.
QSize FormatButton::sizeHint() const
{
    return QToolButton::sizeHint() + QSize(fontMetrics().height() / 2, 0);
}

/// In a narrow inspector its name is cut before the tabs are.
QSize FormatButton::minimumSizeHint() const
{
    constexpr int FewLetters = 5;
    QSize size = sizeHint();
    size.setWidth(std::min(size.width(), fontMetrics().averageCharWidth() * FewLetters));
    return size;
}

void FormatButton::paintEvent(QPaintEvent * /*event*/)
{
    QStylePainter painter(this);
    QStyleOptionToolButton option;
    initStyleOption(&option);
    const int frame = sizeHint().width() - fontMetrics().horizontalAdvance(text());
    // An advance is rounded, and a name that fits by less than a pixel would be cut.
    option.text = fontMetrics().elidedText(text(), Qt::ElideRight, width() - frame + 1);
    painter.drawComplexControl(QStyle::CC_ToolButton, option);
}

void FormatButton::fillMenu()
{
    QMenu &menu = *this->menu();
    menu.clear();
    auto *group = new QActionGroup(&menu);
    QMenu *shown = &menu;
    const auto add = [&](const QString &name, const QString &id) {
        QAction *action = shown->addAction(withoutMnemonic(name), this, [this, id] {
            setChoice(id);
            Q_EMIT chosen(id);
        });
        action->setCheckable(true);
        action->setChecked(id == m_choice);
        group->addAction(action);
    };
    // Without rules there is one way for what nobody chose.
    const bool hasRules = !m_formats->options().rules.isEmpty();
    if (hasRules)
        add(tr("What the rules say"), QString());
    add(tr("What fits the message"), hasRules ? FormatSet::ByContent.toString() : QString());
    menu.addSeparator();
    // What the user described, and what was put together for these messages.
    QList<const Decoder *> own(m_formats->added().begin(), m_formats->added().end());
    const Decoder *chosen = m_choice.isEmpty() ? nullptr : m_formats->find(m_choice);
    if (chosen && !formatOf(m_choice) && !own.contains(chosen))
        own.append(chosen);
    for (const Decoder *format : std::as_const(own))
        add(format->name(), format->id());
    if (!own.isEmpty())
        menu.addSeparator();
    QList<const Decoder *> sorted(formats().begin(), formats().end());
    std::ranges::sort(sorted, [](const Decoder *a, const Decoder *b) {
        return a->name().compare(b->name(), Qt::CaseInsensitive) < 0;
    });
    const auto addGroup = [&](const QString &title, FormatGroup wanted) {
        shown = menu.addMenu(title);
        for (const Decoder *format : std::as_const(sorted)) {
            if (groupOf(*format) == wanted)
                add(format->name(), format->id());
        }
    };
    addGroup(tr("Encodings"), FormatGroup::Encodings);
    addGroup(tr("Protocols"), FormatGroup::Protocols);
    addGroup(tr("Packed"), FormatGroup::Packed);
    shown = menu.addMenu(tr("Text in an encoding"));
    for (const Decoder *format : textFormats())
        add(format->name(), format->id());
    menu.addSeparator();
    menu.addAction(tr("Message formats…"), this, &FormatButton::optionsWanted);
}

} // namespace sockeye
