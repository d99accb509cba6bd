#include "widgets/formats/FormatsDialog.h"

#include "formats/MessageFormats.h"
#include "schemas/ProtobufSchema.h"
#include "widgets/controls/Describe.h"
#include "widgets/controls/Prompts.h"
#include "widgets/formats/FormatRulesPage.h"
#include "widgets/formats/SchemasPage.h"
#include "widgets/formats/StructsPage.h"
#include "widgets/style/Theme.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

namespace sockeye {

namespace {
constexpr QSize FormatsStartSize(760, 560);
/// More would push the pages out of the window.
constexpr qsizetype MaxProblems = 4;
} // namespace

FormatsDialog::FormatsDialog(MessageFormats &formats, Prompts &prompts, QWidget *parent)
    : QDialog(parent)
    , m_formats(&formats)
    , m_prompts(prompts)
    , m_pages(new QTabWidget(this))
    , m_rules(new FormatRulesPage(m_pages))
    , m_schemas(new SchemasPage(prompts, m_pages))
    , m_structs(new StructsPage(m_pages))
    , m_problems(new QLabel(this))
{
    setWindowTitle(tr("Message formats"));
    setAccessibleName(windowTitle());
    resize(FormatsStartSize);
    build();
    showOptions();
    showSet();
    connect(m_rules, &FormatRulesPage::changed, this, &FormatsDialog::updateButtons);
    connect(m_schemas, &SchemasPage::changed, this, &FormatsDialog::updateButtons);
    connect(m_structs, &StructsPage::changed, this, &FormatsDialog::updateButtons);
    connect(&formats, &MessageFormats::changed, this, &FormatsDialog::showSet);
    connect(&formats, &MessageFormats::readingChanged, this, &FormatsDialog::showSet);
    // The user chose a format of a message in the window meanwhile.
    connect(&formats, &MessageFormats::optionsChanged, this, &FormatsDialog::showOptions);
    // The tab is gone.
    connect(&formats, &QObject::destroyed, this, &QDialog::accept);
}

void FormatsDialog::setExample(const QByteArray &payload)
{
    m_structs->setExample(payload);
}

void FormatsDialog::build()
{
    m_pages->setAccessibleName(tr("Formats"));
    m_pages->addTab(m_rules, tr("Rules"));
    m_pages->setTabToolTip(0, tr("Which messages are read as what"));
    m_pages->addTab(m_schemas, tr("Protocol Buffers"));
    m_pages->addTab(m_structs, tr("Structs"));
    m_pages->setTabToolTip(2, tr("What messages look like that no schema describes"));
    m_pages->setTabToolTip(1, tr("What messages of Protocol Buffers look like"));
    m_problems->setTextFormat(Qt::PlainText);
    m_problems->setWordWrap(true);
    m_problems->setAccessibleName(tr("Problems"));
    m_problems->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *buttons =
        new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Apply | QDialogButtonBox::Cancel, this);
    m_apply = buttons->button(QDialogButtonBox::Apply);
    m_apply->setToolTip(tr("Read the messages in this way, and leave this window open"));
    buttons->button(QDialogButtonBox::Ok)->setToolTip(tr("Read the messages in this way"));
    buttons->button(QDialogButtonBox::Cancel)->setToolTip(tr("Leave what was not applied (Esc)"));
    m_again = buttons->addButton(tr("Read &again"), QDialogButtonBox::ActionRole);
    m_again->setAccessibleName(tr("Read again"));
    m_again->setToolTip(tr("Read the schemas again, which may have changed"));
    m_again->setAutoDefault(false);
    connect(m_again, &QPushButton::clicked, this, [this] {
        if (m_formats)
            m_formats->readAgain();
    });
    connect(m_apply, &QPushButton::clicked, this, &FormatsDialog::apply);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        apply();
        accept();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap * 2, theme::Gap * 2, theme::Gap * 2, theme::Gap * 2);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_problems);
    layout->addWidget(buttons);
}

DecodeOptions FormatsDialog::options() const
{
    DecodeOptions options = m_formats ? m_formats->options() : DecodeOptions();
    options.rules = m_rules->rules();
    options.schemas = m_schemas->paths();
    options.structs = m_structs->texts();
    return options;
}

void FormatsDialog::showOptions()
{
    if (!m_formats)
        return;
    const DecodeOptions now = m_formats->options();
    // What is written here and was not applied stays, unless that very thing was changed elsewhere.
    if (now.rules != m_shown.rules && now.rules != m_rules->rules())
        m_rules->setRules(now.rules);
    if (now.schemas != m_shown.schemas && now.schemas != m_schemas->paths())
        m_schemas->setPaths(now.schemas);
    if (now.structs != m_shown.structs && now.structs != m_structs->texts())
        m_structs->setTexts(now.structs, m_formats->set()->structNames());
    m_shown = now;
    updateButtons();
}

/// What became of the options.
void FormatsDialog::showSet()
{
    if (!m_formats)
        return;
    const FormatSet &set = *m_formats->set();
    m_rules->setFormats(set);
    m_structs->setFormats(m_formats->set());
    m_again->setEnabled(!m_formats->options().schemas.isEmpty() && !m_formats->isReading());
    m_schemas->setTypeCount(set.schema() ? set.schema()->messageTypes().size() : 0);
    QStringList problems = m_formats->isReading() ? QStringList(tr("Reading schemas and structs…")) : set.problems();
    if (problems.size() > MaxProblems) {
        const auto left = static_cast<int>(problems.size() - MaxProblems);
        problems = problems.first(MaxProblems);
        problems += tr("And %n more.", nullptr, left);
    }
    m_problems->setText(problems.join(u'\n'));
    m_problems->setVisible(!problems.isEmpty());
}

void FormatsDialog::reject()
{
    if (!m_formats || options() == m_formats->options()) {
        QDialog::reject();
        return;
    }
    m_prompts.confirm(this,
                      {.title = tr("Message formats"),
                       .text = tr("Something was changed here and not applied. Leave it?"),
                       .accept = tr("Leave it")},
                      [this] { QDialog::reject(); });
}

void FormatsDialog::apply()
{
    if (m_formats)
        m_formats->setOptions(options());
    updateButtons();
}

void FormatsDialog::updateButtons()
{
    m_apply->setEnabled(m_formats && options() != m_formats->options());
}

} // namespace sockeye
