#include "widgets/payload/FormatButton.h"

#include "formats/Formats.h"
#include "widgets/controls/OutsideText.h"

#include <QActionGroup>
#include <QMenu>
#include <QStyleOptionToolButton>
#include <QStylePainter>

#include <algorithm>

namespace sockeye {

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
    m_shown = format;
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
    const QString name = m_shown ? m_shown->name() : QString();
    setText(!m_shown ? tr("No format") : isGuess ? name + u'?' : name);
    QString tip = tr("No format that is known fits this message; choose one to read it as");
    if (m_shown && !m_choice.isEmpty())
        tip = tr("Read as %1, as you chose for messages of this direction").arg(name);
    else if (m_shown && m_isRule)
        tip = tr("Read as %1, as a rule of this tab says").arg(name);
    else if (m_shown)
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
    add(tr("What fits the message"), QString());
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
    for (const Decoder *format : std::as_const(sorted))
        add(format->name(), format->id());
    shown = menu.addMenu(tr("Text in an encoding"));
    for (const Decoder *format : textFormats())
        add(format->name(), format->id());
    menu.addSeparator();
    menu.addAction(tr("Formats of this tab…"), this, &FormatButton::optionsWanted);
}

} // namespace sockeye
