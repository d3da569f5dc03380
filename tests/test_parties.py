"""Parties from covers, blocks, prose, clauses and signature tables."""

import pytest
from helpers_document import Clause, NewPage, document_of, table
from helpers_sheets import sheet

from pipeline.fields import _values, parties
from pipeline.layout import layout
from pipeline.model.document import Document, Paragraph
from pipeline.model.page import Line, Word
from pipeline.model.passage import Passage
from pipeline.model.record import Party
from pipeline.model.source import Box

# The second party's block at the end has lost its label.
UNLABELLED = (
    "甲方：东江市数据中心",
    "乙方：蓝桥软件有限公司",
    "第一条 服务内容",
    "甲方（盖章）：东江市数据中心",
    "法定代表人：任国",
    "地址：东江市滨江路12号",
    "邮政编码：100034",
    "法定代表人：吴青",
    "地址：海城市科苑路15号",
    "邮政编码：200030",
)


def values(party: Party) -> dict[str, str]:
    """What a party holds, as plain text."""
    names = (name for name in Party.__slots__ if name not in {"role", "mentions"})
    return {name: leaf.value for name in names if (leaf := getattr(party, name))}


def mentioned(party: Party) -> list[tuple[str, str]]:
    return [(mention.field, mention.value.value) for mention in party.mentions]


def read(*items: object) -> tuple[Party, ...]:
    return parties.read(document_of(*items))  # type: ignore[arg-type]


def test_blocks_one_below_the_other() -> None:
    first, second = read(
        "甲    方：东江市数据中心",
        "负责人：陈明",
        "地址：东江市滨江路12号",
        "联系电话：010-55570000",
        "乙    方：蓝桥软件股份有限公司",
        "法定代表人：吴青",
        "电子邮箱：service@lanqiao.example",
        "邮编：100015",
        "甲、乙双方根据《中华人民共和国民法典》，就服务事宜订立以下合同，以资共同遵守。",
    )
    assert values(first) == {
        "label": "甲方",
        "name": "东江市数据中心",
        "responsible_person": "陈明",
        "address": "东江市滨江路12号",
        "phone": "010-55570000",
    }
    assert values(second) == {
        "label": "乙方",
        "name": "蓝桥软件股份有限公司",
        "legal_representative": "吴青",
        "email": "service@lanqiao.example",
        "postcode": "100015",
    }


def test_what_the_contract_calls_its_parties_decides_their_roles() -> None:
    landlord, tenant = read("承租方（乙方）：王小红", "出租方（甲方）：东江物业有限公司", "承租方：王小红")
    assert (landlord.role, values(landlord)) == ("party_a", {"label": "出租方", "name": "东江物业有限公司"})
    assert (tenant.role, values(tenant)) == ("party_b", {"label": "承租方", "name": "王小红"})
    assert mentioned(tenant) == [("name", "王小红")]


def test_a_third_party_is_nobody_s_second_name() -> None:
    _, contractor = read("发包人：东江市城建局", "承包人：远山建设有限公司", "监理人：明镜监理有限公司")
    assert values(contractor)["name"] == "远山建设有限公司"
    assert mentioned(contractor) == []


def test_former_names_and_seals_are_no_part_of_a_name() -> None:
    first, second = read(
        "用户单位（甲方）：东江市数据中心（原东江市信息中心）", "服务提供单位（乙方）：蓝桥（东江）软件有限公司（盖章）"
    )
    assert values(first) == {"label": "用户单位", "name": "东江市数据中心", "former_name": "东江市信息中心"}
    assert values(second) == {"label": "服务提供单位", "name": "蓝桥（东江）软件有限公司"}


def test_a_name_torn_in_its_bracket_is_put_together() -> None:
    (party,) = read("甲方：东江市数据中心（原东江市", "信息中心）")
    assert values(party)["former_name"] == "东江市信息中心"


def test_names_in_the_preamble_are_mentions() -> None:
    first, second = read(
        "甲方：东江市数据中心",
        "乙方：蓝桥软件有限公司",
        NewPage(),
        "（甲方）东江市大数据中心（项目名称）数据服务经评标委员会评定、甲方确定蓝桥软件有限公司（乙方）为中标供应商。",
    )
    assert mentioned(first) == [("name", "东江市大数据中心")]
    assert mentioned(second) == [("name", "蓝桥软件有限公司")]


def test_a_definition_states_no_name() -> None:
    first, _ = read(
        "甲方：东江市数据中心",
        "乙方：蓝桥软件有限公司",
        Clause("第一条", "释义", ["甲方：指服务的使用单位，即签署本合同的东江市数据中心；"]),
    )
    assert mentioned(first) == []


def test_an_account_belongs_to_the_party_the_clause_names() -> None:
    _, second = read(
        "甲方：东江市数据中心",
        "乙方：蓝桥软件有限公司",
        Clause(
            "第四条",
            "付款",
            [
                "4、乙方指定的收款账号如下：",
                "开户行：东江银行滨江支行",
                "户名：蓝桥软件有限公司",
                "账号：0200 0491 2345 6789",
                "如账户发生变更，乙方应在付款期限前以书面方式通知甲方，否则后果自负。",
            ],
        ),
    )
    assert values(second) | {
        "bank_name": "东江银行滨江支行",
        "account_name": "蓝桥软件有限公司",
        "bank_account": "0200049123456789",
    } == values(second)


def test_an_account_without_a_party_belongs_to_its_holder() -> None:
    first, second = read(
        "甲方：东江物业有限公司",
        "乙方：蓝桥软件有限公司",
        "租金汇入下列账户：",
        "户名：东江物业有限公司",
        "账号：6222000011112222",
    )
    assert values(first)["bank_account"] == "6222000011112222"
    assert "bank_account" not in values(second)


def test_a_project_leader_is_the_contact_where_no_other_stands_and_a_hotline_is_no_phone() -> None:
    _, second = read(
        "甲方：东江市数据中心",
        "乙方：蓝桥软件有限公司",
        Clause(
            "第五条",
            "人员",
            [
                "5、乙方项目负责人及联系方式：宗青18800001111，需要调整的，应提前通知甲方。",
                "6、乙方应提供技术服务热线，邮件：help@lanqiao.example，电话：010-57700000。",
            ],
        ),
    )
    assert values(second)["contact"] == "宗青"
    assert values(second)["email"] == "help@lanqiao.example"
    assert "phone" not in values(second)


def test_a_block_whose_label_a_seal_covers_belongs_to_whom_it_repeats() -> None:
    first, second = read(
        "甲方：东江市数据中心",
        "乙方：蓝桥软件有限公司",
        "账号：11110000222200",
        Clause("1、", "负责人", ["甲方项目负责人：李明"]),
        Clause(
            "6、",
            "生效",
            ["联系人：李明", "邮政编码：100034", "联系人：王青", "邮政编码：100083", "帐号：11110000222200"],
        ),
    )
    assert (values(first)["postcode"], values(second)["postcode"]) == ("100034", "100083")
    assert (values(first)["contact"], values(second)["contact"]) == ("李明", "王青")


def test_a_label_of_another_kind_does_not_end_a_block() -> None:
    _, tenant = read("甲方：东江物业有限公司", "乙方：王小红", "身份证号：110101199001010000", "电话：13911112222")
    assert values(tenant)["phone"] == "13911112222"


def side_by_side() -> Document:
    lines = [
        "甲方：东江市数据中心                    乙方：蓝桥软件有限公司",
        "电话：010-11112222                      电话：020-33334444",
    ]
    return document_of(*lines)


def test_two_columns_keep_their_fields() -> None:
    first, second = parties.read(side_by_side())
    assert (values(first)["phone"], values(second)["phone"]) == ("010-11112222", "020-33334444")


def test_a_signature_table() -> None:
    first, second = read(
        "甲方：东江市数据中心",
        "乙方：蓝桥软件有限公司",
        table(
            ["委托人(甲方)", "名称(或姓名)", "东江市数据中心", "<", "<"],
            ["^", "法定代表人", "任国", "<", "<"],
            ["^", "住所(通讯地址)", "东江市滨江路12号", "邮政编码", "100034"],
            ["承担单位(乙方)", "名称(或姓名)", "蓝桥软件有限公司", "<", "<"],
            ["^", "委托代理人", "", "<", "<"],
            ["^", "帐号", "0200010009200088", "<", "<"],
        ),
    )
    assert values(first) | {"legal_representative": "任国", "postcode": "100034"} == values(first)
    assert mentioned(first) == [("name", "东江市数据中心")]
    assert values(second)["bank_account"] == "0200010009200088"
    assert "agent" not in values(second)


def test_a_signature_table_goes_on_over_the_page() -> None:
    first, second = read(
        table(
            ["委托人(甲方)", "名称", "东江市数据中心"],
            ["^", "法定代表人", "任国"],
        ),
        NewPage(),
        table(
            ["", "电话", "010-1111222"],
            ["受托人(乙方)", "名称", "蓝桥软件有限公司"],
            ["^", "地址海城市科苑路15号", "<"],
        ),
    )
    assert (values(first)["legal_representative"], values(first)["phone"]) == ("任国", "010-1111222")
    assert values(second)["address"] == "海城市科苑路15号"


def test_a_worn_signature_block() -> None:
    _, second = read(
        "甲方：东江市数据中心",
        "卖方（乙方）（盖章蓝桥软件有限公司",
        "法定化表人：吴青",
        "住所地（海城市科苑路15号",
    )
    assert (values(second)["legal_representative"], values(second)["address"]) == ("吴青", "海城市科苑路15号")


def test_a_misread_label_in_a_signature_table() -> None:
    first, _ = read(
        "甲方：东江市数据中心",
        "乙方：蓝桥软件有限公司",
        table(
            ["甲方", "单位名种（盖章）", "东江市数据中心"],
            ["^", "电话", "010-1111222"],
            ["乙方", "单位名称（盖章）", "蓝桥软件有限公司"],
            ["^", "电话", "020-3333444"],
        ),
    )
    assert mentioned(first) == [("name", "东江市数据中心")]


def test_a_table_with_a_column_for_each_party() -> None:
    first, second = read(
        table(
            ["", "甲方", "乙方"], ["名称", "东江市数据中心", "蓝桥软件有限公司"], ["电话", "010-1111222", "020-3333444"]
        )
    )
    assert (values(first)["name"], values(first)["phone"]) == ("东江市数据中心", "010-1111222")
    assert (values(second)["name"], values(second)["phone"]) == ("蓝桥软件有限公司", "020-3333444")


def test_a_table_with_labels_in_both_columns() -> None:
    first, second = read(
        table(
            ["甲方", "<", "乙方", "<"],
            ["单位名称（公章）", "东江大学", "单位名称（公章）", "远山仪器有限公司"],
            ["开户银行", "东江银行", "开户银行", "远山银行"],
        )
    )
    assert (values(first)["name"], values(first)["bank_name"]) == ("东江大学", "东江银行")
    assert (values(second)["name"], values(second)["bank_name"]) == ("远山仪器有限公司", "远山银行")


def test_a_price_table_states_nothing_about_parties() -> None:
    assert read(table(["序号", "名称", "单价"], ["1", "云主机", "100"])) == ()


def test_blank_forms_state_nothing() -> None:
    first, second = read(
        "甲方：东江市数据中心", "法定代表人（签字）：", "电话：____", "乙方：蓝桥软件有限公司", "账号："
    )
    assert set(values(first)) == {"label", "name"}
    assert set(values(second)) == {"label", "name"}


def test_a_further_account_is_a_mention() -> None:
    _, second = read(
        "甲方：东江市数据中心",
        "乙方：蓝桥软件有限公司",
        "账号：11110000222200",
        NewPage(),
        "乙方：蓝桥软件有限公司",
        "帐号：11110000222299",
    )
    assert ("bank_account", "11110000222299") in mentioned(second)


def test_an_account_that_a_clause_announces_goes_on_in_the_next_line() -> None:
    _, second = read(
        "6.5乙方收款账户：收款单位：蓝桥软件有限公司；",
        "开户银行：东江银行；账号：11110000222299。",
        "甲方：东江市数据中心",
        "乙方：蓝桥软件有限公司",
        "账号：11110000222200",
    )
    assert values(second)["bank_account"] == "11110000222299"
    assert ("bank_account", "11110000222200") in mentioned(second)


def test_parties_side_by_side_in_a_signature_table() -> None:
    first, second = read(
        table(
            ["甲方（公章）", "东江市数据中心", "乙方（公章）", "蓝桥软件有限公司"],
            ["地址", "东江市滨江路12号", "地址", "海城市科苑路15号"],
            ["账号", "", "账号", "4425 0100 0088 0000 2716"],
        )
    )
    assert values(first) == {"label": "甲方", "name": "东江市数据中心", "address": "东江市滨江路12号"}
    assert values(second)["address"] == "海城市科苑路15号"
    assert values(second)["bank_account"] == "44250100008800002716"


def test_a_cell_beside_a_label_states_the_label_s_kind() -> None:
    first, second = read(
        "甲方：东江市数据中心",
        "乙方：蓝桥软件有限公司",
        table(
            ["1", "服务地点", "东江市"],
            ["2", "联系人", "甲方：陈明，010-55570000；乙方：吴青"],
            ["3", "服务期限", "一年"],
        ),
        table(["甲方", "名称", "东江市数据中心"], ["甲方", "联系人及电话", "陈明 010-55570000"]),
    )
    assert (values(first)["contact"], values(first)["phone"]) == ("陈明", "010-55570000")
    assert values(second)["contact"] == "吴青"
    assert mentioned(second) == []


def test_parties_introduced_in_prose() -> None:
    first, second = read(
        "（1）东江云图科技有限公司，一家依法设立的有限责任公司，统一社会信用代码为91330200MA2AK3XD7C，"
        "注册地址为东江市港城路9号（以下简称“甲方”）；及",
        "（2）蓝桥软件有限公司，一家依法设立的有限责任公司（以下简称“乙方”）。",
    )
    assert (values(first)["name"], values(first)["uscc"]) == ("东江云图科技有限公司", "91330200MA2AK3XD7C")
    assert values(second)["name"] == "蓝桥软件有限公司"


def test_a_party_s_word_alone_begins_its_block() -> None:
    first, second = read("甲  方", "单位名称：东江市数据中心", "乙  方", "单位名称：蓝桥软件有限公司", "联系人：张三")
    assert (values(first)["name"], mentioned(first)) == ("东江市数据中心", [])
    assert (values(second)["name"], values(second)["contact"]) == ("蓝桥软件有限公司", "张三")


def test_a_label_of_party_and_field_names_the_party() -> None:
    first, second = read("甲方名称：东江市数据中心", "乙方名称：蓝桥软件有限公司（联合体牵头人）、青山软件有限公司")
    assert values(first) == {"label": "甲方", "name": "东江市数据中心"}
    assert values(second) == {"label": "乙方", "name": "蓝桥软件有限公司"}


def test_a_field_whose_colon_or_bracket_was_misread_does_not_end_the_block() -> None:
    first, second = read(
        "甲方（盖章）：东江市数据中心",
        "乙方（盖章）：蓝桥软件有限公司",
        "法定代表人或其授权代表《签字）：",
        "住所东江市港城路9号",
        "电话：0574-55570000",
    )
    assert "address" not in values(first)
    assert (values(second)["address"], values(second)["phone"]) == ("东江市港城路9号", "0574-55570000")


def test_a_signature_whose_colon_was_not_read_begins_a_block() -> None:
    first, second = read(
        "采购人（甲方）（盖章）东江市档案馆",
        ".法定代表人：陈明",
        "乙方（公章）：蓝桥软件股份有限公司",
        "开户银行：东江银行滨江支行合同專用",
    )
    assert values(first)["name"] == "东江市档案馆"
    assert values(first)["legal_representative"] == "陈明"
    assert values(second)["bank_name"] == "东江银行滨江支行"


def test_a_signature_ends_at_the_label_of_who_signs() -> None:
    _, second = read(
        "委托人（盖章）：东江市图书馆",
        "受托人（盖章）：蓝桥咨询有限责任公司",
        "受托人（盖章）：蓝桥咨询有限公司授权代理人（签字）何某",
    )
    assert [mention.value.value for mention in second.mentions] == ["蓝桥咨询有限公司"]


def test_a_bracket_behind_a_name_that_nothing_opened_is_a_seal_s() -> None:
    found = read(
        "采购人（甲方）：东江市图书馆",
        "供应商（乙方）：蓝桥软件（东江）有限责任公司",
        "供应商（乙方）：蓝桥软件（东江）有限公司）",
    )
    assert [mention.value.value for mention in found[1].mentions] == ["蓝桥软件（东江）有限公司"]


def test_the_label_of_a_seal_may_have_lost_its_second_character() -> None:
    found = read("甲方：东江市图书馆", "乙方：蓝桥软件有限公司", "乙方（盖）蓝桥软件股份有限公司")
    assert [mention.value.value for mention in found[1].mentions] == ["蓝桥软件股份有限公司"]


@pytest.mark.parametrize(("at", "name"), [(400, "蓝桥股份有限公司"), (160, "蓝桥股份有限公司以")])
def test_a_character_far_behind_a_name_is_a_seal_s(at: float, name: str) -> None:
    words = [Word(char, Box(20.0 * i, 0, 20.0 * i + 20, 20), 1.0) for i, char in enumerate("蓝桥股份有限公司")]
    words.append(Word("以", Box(at, 4, at + 20, 24), 1.0))
    found = _values.name(Passage.of(Line(tuple(words), Box(0, 0, at + 20, 24), 1.0), 1))

    assert found is not None
    assert found.text == name


def test_a_signature_without_its_colon_whose_bracket_a_seal_tears() -> None:
    found = read(
        "采购人（甲方）：东江市档案馆",
        "供应商（乙方）：蓝桥软件股份有限公司",
        "采购人（甲方）（盖章）：东江市档案馆",
        "供应商（乙方）(位盖章)蓝桥软件有限公司",
    )
    assert [[mention.value.value for mention in party.mentions] for party in found] == [
        ["东江市档案馆"],
        ["蓝桥软件有限公司"],
    ]


def test_brackets_that_a_seal_hides() -> None:
    first, second = read(
        "甲方（盖章：东江市数据中心",
        "地址：东江市滨江路12号",
        "乙方（乙方）天盖章）：蓝桥软件股份有限公司",
        "住所地（西河市学府路8号",
    )
    assert (values(first)["name"], values(first)["address"]) == ("东江市数据中心", "东江市滨江路12号")
    assert (values(second)["name"], values(second)["address"]) == ("蓝桥软件股份有限公司", "西河市学府路8号")


def test_the_only_block_without_a_label_is_the_other_party_s() -> None:
    _, second = read(*UNLABELLED)
    assert (values(second)["legal_representative"], values(second)["postcode"]) == ("吴青", "200030")


def test_two_addresses_are_one_party_s() -> None:
    first, _ = read(
        "甲方：东江市数据中心",
        "注册地址：东江市滨江路12号",
        "通讯地址：东江市湖滨路3号",
        "联系电话：010-55570000",
        "账号：11110000222200",
        "乙方：蓝桥软件有限公司",
    )
    assert (values(first)["phone"], values(first)["bank_account"]) == ("010-55570000", "11110000222200")


def test_no_account_goes_to_a_party_for_want_of_another() -> None:
    _, second = read(*UNLABELLED, "账号：11110000222200")
    assert values(second)["postcode"] == "200030"
    assert "bank_account" not in values(second)


def test_parties_that_sign_side_by_side_below_one_seal() -> None:
    page = sheet(
        {
            100: {100: "甲方：东江市数据中心"},
            150: {100: "乙方：蓝桥软件有限公司"},
            400: {100: "甲方（盖章）东江市数乙方（盖章）"},
            450: {100: "委托代理人（签字）：任国", 500: "委托代理人（签字）：吴青"},
            500: {100: "日期：2025年3月1日", 500: "日期：2025年3月1日"},
        }
    )
    first, second = parties.read(layout([page]))
    assert (values(first)["agent"], values(second)["agent"]) == ("任国", "吴青")
    assert not mentioned(first)


def test_parties_side_by_side_whose_labels_lost_all_behind_the_bracket() -> None:
    """A seal hides `（盖章）：` of both labels; the names go on in the next line."""
    page = sheet(
        {
            100: {100: "甲方：东江市数据中心"},
            150: {100: "乙方：蓝桥软件（海城）股份有限公司"},
            400: {100: "采购人（甲方）（盖章）：东江市数据中心", 700: "供应商（乙）", 820: "蓝桥软件"},
            450: {100: "日期2025年3月1日", 700: "（海城）有限公司"},
            500: {700: "日期：2025年3月1日"},
        }
    )
    _, second = parties.read(layout([page]))
    assert mentioned(second) == [("name", "蓝桥软件（海城）有限公司")]


def test_a_left_name_run_into_the_right_party_s_label() -> None:
    fields = ("委托代理人（签字）：{}", "法定代表人：{}", "电话：{}")
    left, right = ("任国", "任远", "010-55570000"), ("吴青", "吴越", "021-55570001")
    page = sheet(
        {
            100: {100: "甲方：东江市数据中心"},
            150: {100: "乙方：蓝桥软件系统集成有限公司"},
            400: {100: "采购人（图）", 300: "东江市数供应商（乙方）", 700: "蓝桥软件系"},
            450: {100: "据中心", 440: "统集成有限公司"},
            **{
                500 + 50 * i: {100: field.format(left[i]), 440: field.format(right[i])}
                for i, field in enumerate(fields)
            },
        }
    )
    first, second = parties.read(layout([page]))
    found = [
        (values(one)["agent"], values(one)["legal_representative"], values(one)["phone"]) for one in (first, second)
    ]
    assert found == [left, right]


def test_a_code_of_which_a_seal_took_signs_stands_as_it_was_read() -> None:
    first, second = read(
        "甲方：东江市数据中心",
        "统一社会信用代码：9133~200MA2AK3XD",
        "乙方：蓝桥软件有限公司",
        "统一社会信用代码：见营业执照",
    )
    assert values(first)["uscc"] == "9133~200MA2AK3XD"
    assert "uscc" not in values(second)


def test_table_labels_whose_brackets_a_seal_covers() -> None:
    signatures = table(
        ["委托人", "单位名称（盖朝）]蓝桥软件有限公司", "<"],
        ["^", "地址", "海城市科苑路15号"],
        ["受托人", "单位名称（公章育", "东江云图咨询有限公司"],
        ["^", "地址", "东江市滨江路12号"],
    )
    first, second = parties.read(document_of(signatures))
    assert (values(first)["name"], values(second)["name"]) == ("蓝桥软件有限公司", "东江云图咨询有限公司")


def test_a_label_read_with_the_name_before_it_is_no_part_of_it() -> None:
    first, second = read("甲方：东江市卫生监督所法人", "乙方：蓝桥软件有限公司法定代表人")
    assert (values(first)["name"], values(second)["name"]) == ("东江市卫生监督所", "蓝桥软件有限公司")


def test_a_party_s_label_whose_colon_was_read_as_a_semicolon() -> None:
    first, second = read("发包方；东江市档案馆", "法定代表人：任国", "承包方：蓝桥建设有限公司", "法定代表人：吴青")
    assert (values(first)["name"], values(first)["legal_representative"]) == ("东江市档案馆", "任国")
    assert values(second)["legal_representative"] == "吴青"


def test_signatures_whose_brackets_a_seal_tears() -> None:
    first, second = read(
        "需方（甲方盖章东江市数据中心",
        "授权代表（签字）.任国",
        "供方（二）蓝桥信息有限公司",
        "供方（乙方）（盖章，蓝桥软件有限公司",
        "委托代理入（签字：吴青",
    )
    assert (values(first)["name"], values(first)["agent"]) == ("东江市数据中心", "任国")
    assert (values(second)["name"], values(second)["agent"]) == ("蓝桥信息有限公司", "吴青")
    assert ("name", "蓝桥软件有限公司") in mentioned(second)


def test_fields_that_share_lines_are_their_own_party_s() -> None:
    """`法定代表人：…   地址：…` in two blocks one below the other: the addresses make no column of their own."""
    page = sheet(
        {
            100: {100: "甲方：东江市数据中心"},
            150: {100: "法定代表人：任国", 500: "地址：东江市滨江路12号"},
            200: {100: "联系电话：010-1111222"},
            250: {100: "乙方：蓝桥软件有限公司"},
            300: {100: "法定代表人：吴青", 500: "地址：海城市科苑路15号"},
        }
    )
    first, second = parties.read(layout([page]))
    assert (values(first)["address"], values(second)["address"]) == ("东江市滨江路12号", "海城市科苑路15号")


def test_parties_set_close_below_each_other_are_no_two_columns() -> None:
    """Boxes higher than the lines stand apart: the second party's label is not beside the first's."""
    clause = "合同价款为人民币壹佰元整由甲方自本合同签订之日起五日内一次性付"
    rows = ["甲方：东江市数据中心", "乙方：蓝桥软件有限公司"]
    rows += [text for number in "一二三四" for text in (f"{number}、{clause}", "清。")]
    found = layout([sheet({100 + 19 * i: {100: text} for i, text in enumerate(rows)})]).blocks
    texts = [block.content.text.text for block in found if isinstance(block.content, Paragraph)]
    assert texts[:3] == [*rows[:2], f"一、{clause}清。"]


def test_a_seal_s_bracket_may_be_followed_by_any_sign_for_the_colon() -> None:
    (first,) = read("监理人（盖章）·蓝桥工程监理有限公司", "法定代表人：任国")
    assert values(first)["name"] == "蓝桥工程监理有限公司"


@pytest.mark.parametrize("label", ["供应商乙方）（单位盖章）：", "供应商方）（单位盖章）：", "乙方（新："])
def test_a_party_s_label_of_which_a_seal_took_brackets(label: str) -> None:
    (first,) = read(label + "蓝桥软件有限公司", "法定代表人：任国")
    assert (first.role, values(first)["name"]) == ("party_b", "蓝桥软件有限公司")
