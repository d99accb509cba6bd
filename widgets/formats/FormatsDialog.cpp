#include "widgets/formats/FormatsDialog.h"

#include "formats/MessageFormats.h"
#include "schemas/ProtobufSchema.h"
#include "widgets/controls/Describe.h"
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
    , m_pages(new QTabWidget(this))
    , m_rules(new FormatRulesPage(m_pages))
    , m_schemas(new SchemasPage(prompts, m_pages))
    , m_structs(new StructsPage(m_pages))
    , m_problems(new QLabel(this))
{
    setWindowTitle(tr("Formats of this tab"));
    setAccessibleName(windowTitle());
    resize(FormatsStartSize);
    build();
    showOptions();
    showSet();
    connect(m_rules, &FormatRulesPage::changed, this, &FormatsDialog::updateButtons);
    connect(m_schemas, &SchemasPage::changed, this, &FormatsDialog::updateButtons);
    connect(m_structs, &StructsPage::changed, this, &FormatsDialog::updateButtons);
    connect(&formats, &MessageFormats::changed, this, &FormatsDialog::showSet);
    // The user chose a format of a message in the window meanwhile.
    connect(&formats, &MessageFormats::optionsChanged, this, &FormatsDialog::showOptions);
    // The tab is gone.
    connect(&formats, &QObject::destroyed, this, &QDialog::close);
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
    if (!m_formats || options() == m_formats->options())
        return updateButtons();
    m_rules->setRules(m_formats->options().rules);
    m_schemas->setPaths(m_formats->options().schemas);
    m_structs->setTexts(m_formats->options().structs);
    updateButtons();
}

/// What became of the options.
void FormatsDialog::showSet()
{
    if (!m_formats)
        return;
    const FormatSet &set = *m_formats->set();
    m_rules->setFormats(set);
    m_schemas->setTypeCount(set.schema() ? set.schema()->messageTypes().size() : 0);
    QStringList problems = set.problems();
    if (problems.size() > MaxProblems) {
        const auto left = static_cast<int>(problems.size() - MaxProblems);
        problems = problems.first(MaxProblems);
        problems += tr("And %n more.", nullptr, left);
    }
    m_problems->setText(problems.join(u'\n'));
    m_problems->setVisible(!problems.isEmpty());
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
