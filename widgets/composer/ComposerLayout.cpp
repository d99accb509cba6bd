// What the composer looks like; what it does stands in Composer.cpp.
#include "widgets/composer/ComposerPrivate.h"
#include "widgets/composer/FilePayload.h"
#include "widgets/composer/JsonHighlighter.h"
#include "widgets/composer/MessageEdit.h"
#include "widgets/composer/RawFramePage.h"
#include "widgets/controls/SegmentedControl.h"
#include "widgets/composer/SendOptions.h"
#include "widgets/style/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace sockeye {

QWidget *Composer::Private::buildStrip(QWidget *parent)
{
    auto *strip = new QWidget(parent);
    strip->setProperty("strip", u"top"_s);
    strip->setAttribute(Qt::WA_StyledBackground);
    m_types = new SegmentedControl(strip);
    m_types->setAccessibleName(Composer::tr("Payload type"));
    m_types->addSegment(int(PayloadType::Text), Composer::tr("Text"), Composer::tr("Text payload"),
                        Composer::tr("Send a text message as typed"));
    m_types->addSegment(int(PayloadType::Json), Composer::tr("JSON"), Composer::tr("JSON payload"),
                        Composer::tr("Send a text message that must be valid JSON"));
    m_types->addSegment(int(PayloadType::Hex), Composer::tr("Hex"), Composer::tr("Hex payload"),
                        Composer::tr("Send a binary message written in hex digits"));
    m_types->addSegment(int(PayloadType::Base64), Composer::tr("Base64"), Composer::tr("Base64 payload"),
                        Composer::tr("Send a binary message written in Base64"));
    m_types->addSegment(int(PayloadType::File), Composer::tr("File"), Composer::tr("File payload"),
                        Composer::tr("Send the content of a file"));
    m_types->addSegment(int(PayloadType::Raw), Composer::tr("Raw frame"), Composer::tr("Raw frame payload"),
                        Composer::tr("Send one frame made bit by bit, right or wrong"));
    m_types->finish();

    m_showOptions = new QPushButton(Composer::tr("Frames…"), strip);
    m_showOptions->setCheckable(true);
    m_showOptions->setAutoDefault(false);
    m_showOptions->setProperty("flat", true);
    m_showOptions->setAccessibleName(Composer::tr("Frames and control messages"));
    m_showOptions->setToolTip(Composer::tr("Send a ping, pong or close; in fragments; compressed or not"));
    m_info = new QLabel(strip);
    m_info->setProperty("dim", true);
    m_send = new QPushButton(Composer::tr("Send  Ctrl+↵"), strip);
    m_send->setAccessibleName(Composer::tr("Send"));
    m_send->setProperty("primary", true);
    m_send->setAutoDefault(false);

    auto *row = new QHBoxLayout(strip);
    row->setContentsMargins(theme::Gap - 2, theme::Gap - 2, theme::Gap - 2, theme::Gap - 2);
    row->setSpacing(theme::Gap);
    row->addWidget(m_types);
    row->addWidget(m_showOptions);
    row->addStretch(1);
    row->addWidget(m_info);
    row->addWidget(m_send);
    return strip;
}

void Composer::Private::buildEditor()
{
    m_edit = new MessageEdit(m_pages);
    m_edit->setAccessibleName(Composer::tr("Message to send"));
    m_edit->setToolTip({});
    m_edit->setPlaceholderText(Composer::tr("Write a message. Ctrl+Return sends it, Alt+Up brings back the last one."));
    m_edit->setFont(theme::dataFont());
    m_edit->setProperty("flat", true);
    m_edit->setFrameShape(QFrame::NoFrame);
    m_edit->document()->setDocumentMargin(theme::Gap / 2);
    m_highlighter = new JsonHighlighter(m_edit->document());
    m_highlighter->setColors(theme::colors(q->palette()));
}

void Composer::Private::build()
{
    auto *panel = new QFrame(q);
    panel->setProperty("panel", true);
    QWidget *strip = buildStrip(panel);
    m_options = new SendOptions(panel);
    m_options->hide();
    m_pages = new QStackedWidget(panel);
    buildEditor();
    m_file = new FilePayload(m_pages);
    m_raw = new RawFramePage(m_pages);
    for (QWidget *page : std::initializer_list<QWidget *>{m_edit, m_file, m_raw})
        m_pages->addWidget(page);
    showPage(m_edit);
    m_problem = new QLabel(panel);
    m_problem->setProperty("error", true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(theme::Gap, 0, theme::Gap, theme::Gap / 2);
    m_problem->hide();

    auto *inside = new QVBoxLayout(panel);
    inside->setContentsMargins(1, 1, 1, 1);
    inside->setSpacing(0);
    inside->addWidget(strip);
    inside->addWidget(m_options);
    inside->addWidget(m_pages, 1);
    inside->addWidget(m_problem);
    auto *outside = new QVBoxLayout(q);
    outside->setContentsMargins(0, 0, 0, 0);
    outside->addWidget(panel);
    // Hidden pages are passed over.
    QWidget::setTabOrder(m_raw->lastField(), m_send);
}

void Composer::Private::showPage(QWidget *page)
{
    // Only the page that is seen says how much room it needs.
    for (int i = 0; i < m_pages->count(); ++i) {
        QSizePolicy policy = m_pages->widget(i)->sizePolicy();
        policy.setVerticalPolicy(m_pages->widget(i) == page ? QSizePolicy::Expanding : QSizePolicy::Ignored);
        policy.setHorizontalPolicy(m_pages->widget(i) == page ? QSizePolicy::Expanding : QSizePolicy::Ignored);
        m_pages->widget(i)->setSizePolicy(policy);
    }
    m_pages->setCurrentWidget(page);
    m_pages->updateGeometry();
}

void Composer::Private::showOptions(bool shown)
{
    m_options->setVisible(shown && m_type != PayloadType::Raw);
    m_showOptions->setVisible(m_type != PayloadType::Raw);
}

} // namespace sockeye
